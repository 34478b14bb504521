import { channelId, computeExposure, hashVoucher, signingDomain } from '@millrace/protocol/compute';
import fc from 'fast-check';
import { type Hex, keccak256, toHex, zeroHash } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import type { ChannelState } from '../channel/get-channel.ts';
import type { SignedVoucher } from '../channel/signed-voucher.ts';
import { createPayeeVoucherBook, type PayeeVoucherBook } from './payee-voucher-book.ts';
import { createPayerVoucherBook } from './payer-voucher-book.ts';

const payer = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const stranger = privateKeyToAccount(`0x${'22'.repeat(32)}`);
const domain = signingDomain('channels', { chainId: 1, contract: stranger.address });
const key = { payer: payer.address, payee: stranger.address, token: stranger.address, salt: 1n };
const otherKey = { ...key, salt: 2n };

const MOST = 20n;
const amount = fc.bigInt({ min: 0n, max: MOST });
/** Mostly growth, sometimes what cannot be. */
const growth = fc.bigInt({ min: -1n, max: 6n });
const state: fc.Arbitrary<ChannelState> = fc.constantFrom('open', 'open', 'closing', 'closed');
const root = fc.constantFrom<Hex>(zeroHash, keccak256('0x01'));

/** Signatures are made once: there are few terms, and each costs a millisecond. */
const made = new Map<string, Promise<Hex>>();
function sign(account: typeof payer, of: typeof key, total: bigint, receiptsRoot: Hex): Promise<Hex> {
  const hash = hashVoucher(domain, { channel: channelId(of), total, receiptsRoot });
  const name = `${account.address}${hash}`;
  const signature = made.get(name) ?? account.sign({ hash });
  made.set(name, signature);
  return signature;
}

/** What an action came to: the code of its refusal, or `undefined`. */
async function codeOf(run: () => unknown): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('a payer’s book', () => {
  const action = fc.oneof(
    fc.record({ kind: fc.constant('promise' as const), total: fc.bigInt({ min: -2n, max: MOST }), root }),
    fc.record({ kind: fc.constant('observe' as const), deposit: amount, state }),
    fc.record({ kind: fc.constant('restart' as const) }),
  );

  it('never signs less than it signed nor more than the deposit, whatever happens and however often it restarts', async () => {
    await fc.assert(
      fc.asyncProperty(amount, fc.array(action, { maxLength: 30 }), async (first, actions) => {
        let book = createPayerVoucherBook({ key, deposit: first });
        let [deposit, signed, stands]: [bigint, bigint, ChannelState] = [first, 0n, 'open'];
        for (const step of actions) {
          const before = book.snapshot();
          if (step.kind === 'restart') {
            book = createPayerVoucherBook(before);
            expect(book.snapshot()).toEqual(before);
          } else if (step.kind === 'observe') {
            const code = await codeOf(() => book.observe(step));
            expect(code).toBe(step.deposit < deposit ? 'BOOK_OUT_OF_ORDER' : undefined);
            if (code === undefined) [deposit, stands] = [step.deposit, step.state];
            else expect(book.snapshot()).toEqual(before);
          } else {
            const fits = stands !== 'closed' && step.total >= signed && step.total <= deposit;
            const code = await codeOf(() => {
              const voucher = book.promise(step.total, step.root);
              expect(voucher).toEqual({ key, total: step.total, receiptsRoot: step.root });
            });
            expect(code === undefined).toBe(fits);
            if (fits) signed = step.total;
            else expect(book.snapshot()).toEqual(before);
          }
          expect(book.signed).toBe(signed);
          expect(book.rest).toBe(deposit - signed);
          expect(book.signed <= deposit && book.signed >= before.signed).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a payee’s book', () => {
  const voucher = fc.record({
    kind: fc.constant('voucher' as const),
    total: amount,
    root,
    account: fc.constantFrom(payer, payer, payer, stranger),
    of: fc.constantFrom(key, key, key, otherKey),
    /** What the message says, if not what was signed. */
    told: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: amount }),
  });
  const action = fc.oneof(
    { weight: 3, arbitrary: voucher },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('observe' as const),
        deposited: growth,
        payment: growth,
        state,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('work' as const),
        worked: fc.bigInt({ min: 0n, max: 2n * MOST }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  );
  const start = (
    book: Partial<ReturnType<PayeeVoucherBook['snapshot']>> & { deposit: bigint },
    cap: bigint,
  ) => createPayeeVoucherBook({ key, domain, cap, ...book });

  it('keeps the largest voucher that the contract would pay, and stops at the cap', async () => {
    let [accepted, lost] = [0, 0];
    await fc.assert(
      fc.asyncProperty(amount, amount, fc.array(action, { maxLength: 30 }), async (first, cap, actions) => {
        let book = start({ deposit: first }, cap);
        // The model: what is known, and the largest total that was accepted.
        let [deposit, paid, worked, most, stands]: [bigint, bigint, bigint, bigint, ChannelState] = [
          first,
          0n,
          0n,
          0n,
          'open',
        ];
        for (const step of actions) {
          const before = book.snapshot();
          if (step.kind === 'restart') {
            book = start(before, cap);
            expect(book.snapshot()).toEqual(before);
          } else if (step.kind === 'observe') {
            const seen = { deposit: deposit + step.deposited, paid: paid + step.payment, state: step.state };
            const code = await codeOf(() => book.observe(seen));
            const shrinks = step.deposited < 0n || step.payment < 0n;
            expect(code).toBe(shrinks ? 'BOOK_OUT_OF_ORDER' : undefined);
            if (!shrinks) [deposit, paid, stands] = [seen.deposit, seen.paid, seen.state];
          } else if (step.kind === 'work') {
            const code = await codeOf(() => book.work(step.worked));
            expect(code).toBe(step.worked < worked ? 'BOOK_OUT_OF_ORDER' : undefined);
            if (code === undefined) worked = step.worked;
          } else {
            const signature = await sign(step.account, step.of, step.total, step.root);
            const total = step.told ?? step.total;
            const sent: SignedVoucher = { key: step.of, total, receiptsRoot: step.root, signature };
            const isRepeat = before.best?.signature === signature && before.best.total === total;
            const isGenuine = step.account === payer && step.of === key && total === step.total;
            const fits = isGenuine && stands !== 'closed' && total > most && total > paid && total <= deposit;
            const code = await codeOf(() => book.accept(sent));
            expect(code === undefined).toBe(fits || (isRepeat && step.of === key));
            if (fits) accepted += 1;
            if (fits) most = total;
            else expect(book.snapshot()).toEqual(before);
          }
          const covered = stands === 'closed' || most < paid ? paid : most;
          expect(book.best?.total ?? 0n).toBe(most);
          expect(book.redeemable).toBe(covered - paid);
          if (stands === 'closed' && most > paid) lost += 1;
          const exposure = computeExposure({ worked, signed: covered, deposit, cap });
          expect(book.exposure).toEqual(exposure);
          expect(book.mayWork).toBe(stands === 'open' && !exposure.isExceeded);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
    // The sequences, which are always the same, reach what they are about.
    expect(accepted).toBeGreaterThan(20);
    expect(lost).toBeGreaterThan(0);
  });

  it('keeps the best of vouchers that come at once, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.bigInt({ min: 1n, max: MOST }), { minLength: 2, maxLength: 8 }),
        async (totals) => {
          const slow = async (_signer: string, _digest: Hex, signature: Hex) => {
            await new Promise((done) => setTimeout(done, Number.parseInt(signature.slice(-4, -2), 16) % 3));
            return true;
          };
          const book = createPayeeVoucherBook({ key, deposit: MOST, domain, cap: 0n, isSigned: slow });
          let gained = 0n;
          await Promise.all(
            totals.map(async (total) => {
              const sent = { key, total, receiptsRoot: zeroHash, signature: keccak256(toHex(total)) };
              const more = await book.accept(sent).catch(() => 0n);
              gained += more;
            }),
          );
          const largest = totals.toSorted((a, b) => Number(a - b)).at(-1);
          expect(book.best?.total).toBe(largest);
          expect(gained).toBe(largest);
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([
    ['VOUCHER_OTHER_CHANNEL', { key: otherKey }],
    ['VOUCHER_ABOVE_DEPOSIT', { total: 11n }],
    ['VOUCHER_NOT_INCREASING', { total: 0n }],
    ['VOUCHER_NOT_SIGNED', { receiptsRoot: keccak256('0x02') }],
    ['VOUCHER_NOT_SIGNED', { signature: '0x' }],
  ] as const)('says why it refuses: %s', async (code, change) => {
    const book = createPayeeVoucherBook({ key, deposit: 10n, domain, cap: 0n });
    const signature = await sign(payer, key, 5n, zeroHash);
    const good: SignedVoucher = { key, total: 5n, receiptsRoot: zeroHash, signature };
    expect(await codeOf(() => book.accept({ ...good, ...change }))).toBe(code);
    expect(book.best).toBeUndefined();
    expect(await book.accept(good)).toBe(5n);
    expect(await book.accept(good)).toBe(0n);
  });
});
