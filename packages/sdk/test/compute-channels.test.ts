import { deployContract, fund, increaseTime, type Snapshot, snapshot, timeOf } from '@millrace/devnet';
import { InsufficientApprovalError, InsufficientBalanceError } from '@millrace/protocol';
import { channelId, channelSalt, laneOf } from '@millrace/protocol/compute';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import { encodeFunctionData, keccak256, toHex, zeroHash } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  buildOpenChannel,
  closeChannel,
  collect,
  collectTo,
  createPayeeVoucherBook,
  createPayerVoucherBook,
  finaliseChannel,
  getChannel,
  getCredit,
  isSignedOnChain,
  openChannel,
  openTill,
  redeemStream,
  redeemVoucher,
  redeemVouchers,
  signStream,
  signVoucher,
  topUpChannel,
} from '../src/compute/index.ts';
import { approve, buildApprove } from '../src/index.ts';
import {
  type Compute,
  node,
  openFor,
  payer,
  refusalOf,
  relayer,
  startCompute,
  stranger,
  USDC,
} from './compute-fixture.ts';

let compute: Compute;
let start: Snapshot;

beforeAll(async () => {
  compute = await startCompute();
  start = await snapshot(compute.admin);
});
afterAll(() => compute?.anvil.stop());
beforeEach(() => start.restore());

const channels = () => compute.contracts.channels;
const signed = (key: ReturnType<Compute['keyOf']>, total: bigint, account = payer) =>
  signVoucher(compute.as(account), { channels: channels(), key, total });

describe('a channel', () => {
  it('from deposit to money in hand: open, top up, redeem, close by the payee, collect', async () => {
    const key = compute.keyOf(3n, 1n);
    const { result: id } = await openFor(compute, key, USDC('10'));
    expect(id).toBe(channelId(key));
    await approve(compute.as(payer), { token: compute.token, spender: channels(), amount: USDC('5') });
    const topped = await topUpChannel(compute.as(payer), { channels: channels(), key, amount: USDC('5') });
    expect(topped.result).toBe(USDC('15'));

    const voucher = await signed(key, USDC('12'));
    const redeemed = await redeemVoucher(compute.as(relayer), { channels: channels(), voucher });
    expect(redeemed.result).toBe(USDC('12'));
    expect(await getChannel(compute.admin, { channels: channels(), key })).toMatchObject({
      state: 'open',
      deposit: USDC('15'),
      paid: USDC('12'),
      rest: USDC('3'),
    });

    const closed = await closeChannel(compute.as(node), { channels: channels(), key });
    expect(closed.result).toEqual({ state: 'closed', refunded: USDC('3') });
    const lane = laneOf(key);
    expect(lane.number).toBe(3n);
    expect(await getCredit(compute.admin, { contract: channels(), lane })).toBe(USDC('12'));
    const { result } = await collect(compute.as(relayer), {
      contract: channels(),
      lane,
      holder: node.address,
    });
    expect(result).toBe(USDC('12'));
    expect(await compute.balanceOf(node.address)).toBe(USDC('1012'));
    expect(await compute.balanceOf(payer.address)).toBe(USDC('988'));
  });

  it('has the id that the contract gives it, for any key', async () => {
    for (const [lane, nonce] of [
      [0n, 0n],
      [65_535n, 2n ** 240n - 1n],
      [7n, 12_345n],
    ] as const) {
      const key = compute.keyOf(lane, nonce);
      const asked = {
        address: channels(),
        abi: iChannelsAbi,
        functionName: 'channelId',
        args: [key],
      } as const;
      expect(await compute.admin.readContract(asked)).toBe(channelId(key));
    }
    expect(channelSalt(65_535n, 2n ** 240n - 1n)).toBe(2n ** 256n - 1n);
  });

  it('is closed by the payer after the challenge window, in which the payee redeems', async () => {
    const key = compute.keyOf(0n, 1n);
    await openFor(compute, key, USDC('10'));
    const { result } = await closeChannel(compute.as(payer), { channels: channels(), key });
    if (result.state !== 'closing') throw new Error(result.state);
    expect(result.closesAt).toBeGreaterThan(await timeOf(compute.admin));
    expect((await getChannel(compute.admin, { channels: channels(), key })).state).toBe('closing');

    const early = await refusalOf(() => finaliseChannel(compute.as(payer), { channels: channels(), key }));
    expect(early).toMatchObject({ code: 'TOO_EARLY', retryable: true });
    const twice = await refusalOf(() => closeChannel(compute.as(payer), { channels: channels(), key }));
    expect(twice.code).toBe('CHANNEL_IS_CLOSING');
    await redeemVoucher(compute.as(node), { channels: channels(), voucher: await signed(key, USDC('4')) });

    await increaseTime(compute.admin, 3_600);
    const final = await finaliseChannel(compute.as(stranger), { channels: channels(), key });
    expect(final.result).toBe(USDC('6'));
    const status = await getChannel(compute.admin, { channels: channels(), key });
    expect(status).toMatchObject({ state: 'closed', rest: 0n, closesAt: undefined });
    const late = await signed(key, USDC('10'));
    const refused = await refusalOf(() =>
      redeemVoucher(compute.as(node), { channels: channels(), voucher: late }),
    );
    expect(refused.code).toBe('CHANNEL_IS_CLOSED');
    expect((await refusalOf(() => openFor(compute, key, 1n))).code).toBe('CHANNEL_EXISTS');
  });

  it('collects to another account, from a till that was opened before', async () => {
    const key = compute.keyOf(1n, 1n);
    const lane = laneOf(key);
    await openTill(compute.as(node), { contract: channels(), lane });
    await openFor(compute, key, USDC('1'));
    await redeemVoucher(compute.as(node), { channels: channels(), voucher: await signed(key, USDC('1')) });
    const to = stranger.address;
    expect((await collectTo(compute.as(node), { contract: channels(), lane, to })).result).toBe(USDC('1'));
    expect(await compute.balanceOf(to)).toBe(USDC('1'));
    const again = await refusalOf(() => collect(compute.as(node), { contract: channels(), lane }));
    expect(again.code).toBe('NOTHING_TO_COLLECT');
  });
});

describe('what a payer lacks is told in its token', () => {
  it('money', async () => {
    const key = { ...compute.keyOf(0n, 1n), payer: stranger.address };
    const open = () => openChannel(compute.as(stranger), { channels: channels(), key, deposit: USDC('2') });
    const error = await refusalOf(open);
    expect(error).toBeInstanceOf(InsufficientBalanceError);
    expect(error.shortMessage).toBe('This takes 2 USDC, and the account holds 0 USDC.');
  });

  it('approval', async () => {
    const key = compute.keyOf(0n, 1n);
    const error = await refusalOf(() =>
      openChannel(compute.as(payer), { channels: channels(), key, deposit: USDC('2') }),
    );
    expect(error).toBeInstanceOf(InsufficientApprovalError);
    expect(error.shortMessage).toBe('The contract needs 2 USDC, and may take 0 USDC from this account.');
    expect(error.hint).toBe('Approve 2 USDC for the contract first.');
  });

  it('sense: amounts that are none never reach the chain', async () => {
    const key = compute.keyOf(0n, 1n);
    expect(() => buildOpenChannel({ channels: channels(), key, deposit: -1n })).toThrow(
      expect.objectContaining({ code: 'INVALID_AMOUNT' }),
    );
  });
});

describe('vouchers', () => {
  it('pay once, in any order, and never for another key, amount, chain or contract', async () => {
    const key = compute.keyOf(0n, 1n);
    await openFor(compute, key, USDC('10'));
    const [small, large] = [await signed(key, USDC('2')), await signed(key, USDC('5'))];
    const redeem = (voucher: typeof small) =>
      redeemVoucher(compute.as(node), { channels: channels(), voucher });
    await redeem(large);
    expect((await refusalOf(() => redeem(large))).code).toBe('NOTHING_DUE');
    expect((await refusalOf(() => redeem(small))).code).toBe('NOTHING_DUE');

    const foreign = await signed(key, USDC('9'), stranger);
    const raised = { ...large, total: USDC('9') };
    const rooted = { ...large, receiptsRoot: keccak256('0x01') };
    const moved = { ...large, key: compute.keyOf(0n, 2n) };
    for (const voucher of [foreign, raised, rooted, moved]) {
      expect((await refusalOf(() => redeem(voucher))).code).toBe('BAD_SIGNATURE');
    }
    const elsewhere = await signVoucher(compute.as(payer), {
      channels: compute.contracts.receipts,
      key,
      total: USDC('9'),
    });
    expect((await refusalOf(() => redeem(elsewhere))).code).toBe('BAD_SIGNATURE');
  });

  it('are redeemed in a batch, which tells what it skipped and why', async () => {
    const keys = [1n, 2n, 3n].map((nonce) => compute.keyOf(0n, nonce));
    for (const key of keys) await openFor(compute, key, USDC('10'));
    const vouchers = await Promise.all(keys.map((key, index) => signed(key, USDC(`${index + 1}`))));
    const unknown = await signed(compute.keyOf(0n, 9n), 1n);
    const [first] = vouchers;
    if (first === undefined) throw new Error('no voucher');
    const batch = [...vouchers, first, unknown, { ...first, total: USDC('8') }];
    const { result } = await redeemVouchers(compute.as(node), { channels: channels(), vouchers: batch });
    expect(result.redeemed).toEqual(
      keys.map((key, index) => ({ channel: channelId(key), paid: USDC(`${index + 1}`) })),
    );
    expect(result.skipped.map(({ code }) => code)).toEqual([
      'NOTHING_DUE',
      'UNKNOWN_CHANNEL',
      'BAD_SIGNATURE',
    ]);
    const again = await refusalOf(() => redeemVouchers(compute.as(node), { channels: channels(), vouchers }));
    expect(again.code).toBe('NOTHING_DUE_IN_BATCH');
  });

  it('of a contract are checked as the contract does (ERC-1271)', async () => {
    // Agrees to every signature: return 0x1626ba7e.
    const bytecode = '0x6d631626ba7e60e01b5f5260205ff35f52600e6012f3';
    const wallet = await deployContract(compute.admin, { abi: [], bytecode, args: [] });
    await fund(compute.admin, compute.token, wallet, USDC('10'));
    await compute.admin.setBalance({ address: wallet, value: 10n ** 18n });
    await compute.admin.impersonateAccount({ address: wallet });
    const key = { ...compute.keyOf(0n, 1n), payer: wallet };
    const approval = buildApprove({ token: compute.token, spender: channels(), amount: USDC('10') });
    for (const call of [approval, buildOpenChannel({ channels: channels(), key, deposit: USDC('10') })]) {
      await compute.admin.sendTransaction({ ...call, account: wallet });
    }
    const voucher = { key, total: USDC('4'), receiptsRoot: zeroHash, signature: toHex('anything') };
    const terms = { key, deposit: USDC('10'), domain: compute.domain, cap: 0n };
    const strict = createPayeeVoucherBook(terms);
    expect((await refusalOf(() => strict.accept(voucher))).code).toBe('VOUCHER_NOT_SIGNED');
    const book = createPayeeVoucherBook({ ...terms, isSigned: isSignedOnChain(compute.admin) });
    expect(await book.accept(voucher)).toBe(USDC('4'));
    const { result } = await redeemVoucher(compute.as(node), { channels: channels(), voucher });
    expect(result).toBe(USDC('4'));

    const isSigned = isSignedOnChain(compute.admin);
    expect(await isSigned(stranger.address, zeroHash, '0x')).toBe(false);
    expect(await isSigned(compute.token, zeroHash, '0x')).toBe(false);
  });
});

describe('streams', () => {
  it('pay the seconds that have passed', async () => {
    const key = compute.keyOf(0n, 1n);
    await openFor(compute, key, 1_000n);
    const since = await timeOf(compute.admin);
    const terms = { channels: channels(), key, total: 5n, rate: 2n, since, until: since + 100n };
    const stream = await signStream(compute.as(payer), terms);
    await increaseTime(compute.admin, 50);
    const { receipt } = await redeemStream(compute.as(node), { channels: channels(), stream });
    const { timestamp } = await compute.admin.getBlock({ blockHash: receipt.blockHash });
    const { paid } = await getChannel(compute.admin, { channels: channels(), key });
    expect(paid).toBe(5n + 2n * (timestamp - since));
    await increaseTime(compute.admin, 1_000);
    await redeemStream(compute.as(node), { channels: channels(), stream });
    expect((await getChannel(compute.admin, { channels: channels(), key })).paid).toBe(205n);
  });
});

describe('both books and the chain', () => {
  it('agree: what the payee accepted is what is paid', async () => {
    const key = compute.keyOf(0n, 1n);
    await openFor(compute, key, 1_000n);
    const mine = createPayerVoucherBook({ key, deposit: 1_000n });
    const theirs = createPayeeVoucherBook({ key, deposit: 1_000n, domain: compute.domain, cap: 100n });
    for (const total of [10n, 250n, 999n]) {
      theirs.work(total);
      const voucher = await signVoucher(compute.as(payer), { channels: channels(), ...mine.promise(total) });
      await theirs.accept(voucher);
      expect(theirs.mayWork).toBe(true);
    }
    expect(theirs.work(1_100n)).toMatchObject({ unpaid: 101n, isExceeded: true });
    expect((await refusalOf(async () => mine.promise(1_100n))).code).toBe('VOUCHER_ABOVE_DEPOSIT');

    await approve(compute.as(payer), { token: compute.token, spender: channels(), amount: 500n });
    const { result: deposit } = await topUpChannel(compute.as(payer), {
      channels: channels(),
      key,
      amount: 500n,
    });
    mine.observe({ deposit });
    theirs.observe(await getChannel(compute.admin, { channels: channels(), key }));
    await theirs.accept(
      await signVoucher(compute.as(payer), { channels: channels(), ...mine.promise(1_100n) }),
    );
    expect(theirs.mayWork).toBe(true);

    if (theirs.best === undefined) throw new Error('no voucher');
    const { result } = await redeemVoucher(compute.as(node), { channels: channels(), voucher: theirs.best });
    expect(result).toBe(1_100n);
    theirs.observe(await getChannel(compute.admin, { channels: channels(), key }));
    expect(theirs.redeemable).toBe(0n);
  });
});

describe('calls', () => {
  it('are those of the contract', () => {
    const key = compute.keyOf(0n, 1n);
    const { to, data } = buildOpenChannel({ channels: channels(), key, deposit: 7n });
    expect(to).toBe(channels());
    expect(data).toBe(encodeFunctionData({ abi: iChannelsAbi, functionName: 'open', args: [key, 7n] }));
  });
});
