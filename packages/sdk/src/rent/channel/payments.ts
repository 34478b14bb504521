import { toMillraceError } from '@millrace/protocol';
import {
  type ChannelKey,
  channelId,
  computeDue,
  frontierRoot,
  type Work,
  type WorkPrice,
} from '@millrace/protocol/compute';
import type { VoucherMessage } from '@millrace/protocol/wire';
import { createPayerVoucherBook } from '../../compute/book/payer-voucher-book.ts';
import type { ChannelState } from '../../compute/channel/get-channel.ts';
import { signVoucher } from '../../compute/channel/sign-voucher.ts';
import type { RentHost } from '../host/rent-host.ts';
import type { NodeApi } from '../node/node-api.ts';
import { lesserWork, mostWork } from '../plan/plausible-work.ts';
import type { ChannelFacts } from '../store/rent-state.ts';
import type { Attempt } from './attempt.ts';
import { type Settled, toSettledFacts } from './settled.ts';

export type PaymentsParameters = {
  readonly host: RentHost;
  readonly api: NodeApi;
  readonly key: ChannelKey;
  readonly saved: ChannelFacts['voucher'];
  readonly deposit: bigint;
  readonly price: WorkPrice;
  readonly exposureCap: bigint;
  readonly fuelPerSecond: bigint;
  readonly settled: () => Settled;
  /** Jobs that run, or may. */
  readonly live: () => Iterable<Attempt>;
  readonly onPaid: (total: bigint) => void;
};

/** Vouchers of one channel: never less than was signed, never for what cannot be. */
export type Payments = {
  readonly signed: bigint;
  readonly deposit: bigint;
  /** What is due for jobs that ended, and for what is believed of those that run. */
  readonly due: bigint;
  /** What is signed, or due for jobs that ended. */
  readonly spent: bigint;
  /** The node says how much it counts; what of it is plausible will be paid. */
  claim(work: Work, isPaused: boolean): void;
  /** Pays soon: at once when much is due. */
  soon(): void;
  /** Pays what is due now, and waits until the node has it. Never throws. */
  now(): Promise<void>;
  /** Sends the last voucher once more: after a restart the node may not have it. */
  resend(): Promise<void>;
  observe(seen: { deposit?: bigint; state?: ChannelState }): void;
  stop(): void;
};

const LOOK_MILLISECONDS = 5;

export function createPayments(parameters: PaymentsParameters): Payments {
  const { host, api, key, saved, price, exposureCap, fuelPerSecond, settled, live, onPaid } = parameters;
  const { timing, store, note } = host;
  const id = channelId(key);
  const book = createPayerVoucherBook({
    key,
    deposit: parameters.deposit,
    ...(saved && { signed: BigInt(saved.total), receiptsRoot: saved.receiptsRoot }),
  });
  let deposit = parameters.deposit;
  let [believed, delivered] = [0n, 0n];
  let [lastAt, isPaused, isStopped] = [0, false, false];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: ReturnType<typeof setTimeout> | undefined;
  let paying: Promise<void> | undefined;
  let sent: VoucherMessage | undefined;

  /** What is believed of the running jobs is worked out when the node claims it: it only grows. */
  const believe = (claimed: Work): bigint => {
    const running = [...live()].map(({ spec, resume, sentAt }) => ({
      spec,
      sentAt,
      resumedAt: resume?.fuel,
    }));
    const most = mostWork(settled().work, running, { fuelPerSecond, now: Date.now() });
    return computeDue(lesserWork(claimed, most), price, 'up');
  };
  const dueNow = (): bigint => larger(computeDue(settled().work, price, 'up'), believed);
  const payable = (): bigint => smaller(dueNow(), deposit);

  const send = async (voucher: VoucherMessage): Promise<void> => {
    sent = voucher;
    try {
      await api.voucher(id, voucher);
      delivered = larger(delivered, voucher.total);
    } catch (error) {
      note({ type: 'trouble', error: toMillraceError(error) });
    }
  };

  /** The journal first, then the signature, then the node. */
  const pay = async (): Promise<void> => {
    const total = payable();
    if (isStopped || total <= book.signed) return;
    const counted = settled();
    const terms = book.promise(total, frontierRoot(counted.frontier));
    lastAt = Date.now();
    await store.append({
      type: 'voucher',
      channel: id,
      total: `${total}`,
      receiptsRoot: terms.receiptsRoot,
      settled: toSettledFacts(counted),
    });
    const { receiptsRoot, signature } = await signVoucher(host.client, {
      channels: host.contracts.channels,
      account: host.account,
      ...terms,
    });
    await send({ total, receiptsRoot, signature });
    onPaid(total);
    note({ type: 'paid', channel: id, node: key.payee, total });
  };

  const run = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    paying ??= pay()
      .catch((error: unknown) => note({ type: 'trouble', error: toMillraceError(error) }))
      .finally(() => {
        paying = undefined;
        soon();
      });
    return paying;
  };

  const look = (): void => {
    const rest = payable() - book.signed;
    if (isStopped || rest <= 0n || paying !== undefined) return;
    const isUrgent = isPaused || rest * 2n >= exposureCap;
    const delay = isUrgent ? 0 : Math.max(0, lastAt + timing.payMilliseconds - Date.now());
    if (delay === 0) void run();
    else timer ??= setTimeout(() => void run(), delay);
  };
  /** Of a hundred jobs that end at once, the last decides. */
  const soon = (): void => {
    if (isStopped || paying !== undefined) return;
    looking ??= setTimeout(() => {
      looking = undefined;
      look();
    }, LOOK_MILLISECONDS);
  };

  const resend = async (): Promise<void> => {
    if (book.signed === 0n || isStopped) return;
    if (sent?.total !== book.signed) {
      const terms = book.promise(book.signed);
      const signed = await signVoucher(host.client, {
        channels: host.contracts.channels,
        account: host.account,
        ...terms,
      });
      sent = { total: signed.total, receiptsRoot: signed.receiptsRoot, signature: signed.signature };
    }
    await send(sent);
  };

  return {
    get signed() {
      return book.signed;
    },
    get deposit() {
      return deposit;
    },
    get due() {
      return dueNow();
    },
    get spent() {
      return larger(book.signed, computeDue(settled().work, price, 'up'));
    },
    claim(work, paused) {
      [believed, isPaused] = [larger(believe(work), believed), paused];
      soon();
    },
    soon,
    now: async () => {
      // One that is being signed may be for less.
      await paying;
      if (payable() > book.signed) await run();
      // After a restart, or on a bad line, the node may not have the last one.
      if (delivered < book.signed) await resend().catch(() => undefined);
    },
    resend,
    observe(seen) {
      book.observe(seen);
      deposit = seen.deposit ?? deposit;
      soon();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      clearTimeout(looking);
    },
  };
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
