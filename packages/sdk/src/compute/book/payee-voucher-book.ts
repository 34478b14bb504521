import {
  type ChannelKey,
  ComputeError,
  channelId,
  computeExposure,
  type Exposure,
  hashVoucher,
  type IsSigned,
  isSignedByKey,
  type SigningDomain,
} from '@millrace/protocol/compute';
import type { ChannelState } from '../channel/get-channel.ts';
import type { SignedVoucher } from '../channel/signed-voucher.ts';
import { checkVoucher, type KnownChannel } from './check-voucher.ts';

/** What a payee must not forget about one channel. Amounts are base units of its token. */
export type PayeeBookState = KnownChannel & {
  readonly key: ChannelKey;
  /** What all work since the channel began comes to: `computeDue`, rounded down. */
  readonly worked: bigint;
};

export type CreatePayeeVoucherBookParameters = Pick<PayeeBookState, 'key' | 'deposit'> &
  Partial<PayeeBookState> & {
    /** `signingDomain('channels', …)` */
    domain: SigningDomain;
    /** How much unpaid work the node risks, base units. */
    cap: bigint;
    /** Default: the payer is an account with a key. See `isSignedOnChain`. */
    isSigned?: IsSigned | undefined;
  };

/** What the payee has learnt from a channel: `getChannel` says it. */
export type SeenChannel = { deposit?: bigint; paid?: bigint; state?: ChannelState };

/** A payee’s side of a channel. It neither redeems nor sends. */
export type PayeeVoucherBook = {
  /** The voucher to redeem: the largest that was accepted. Save it, and what `snapshot` says, before going on to work. */
  readonly best: SignedVoucher | undefined;
  /** What redeeming {@link best} would pay now. */
  readonly redeemable: bigint;
  readonly exposure: Exposure;
  /** Whether to go on: the channel is open, and no more than the cap is unpaid. */
  readonly mayWork: boolean;
  /**
   * Takes a voucher that is of this channel, signed by its payer, larger than any before, and covered by the deposit. The same
   * voucher again is no error.
   *
   * @returns how much more is covered than before
   * @throws {@link ComputeError} `VOUCHER_OTHER_CHANNEL`, `VOUCHER_NOT_INCREASING`, `VOUCHER_ABOVE_DEPOSIT`,
   * `VOUCHER_NOT_SIGNED`, `CHANNEL_NOT_OPEN`; the book is as before then.
   */
  accept(voucher: SignedVoucher): Promise<bigint>;
  /**
   * Books what all work comes to now.
   *
   * @throws {@link ComputeError} `BOOK_OUT_OF_ORDER` when it is less than before.
   */
  work(worked: bigint): Exposure;
  /**
   * Takes over what `getChannel` says.
   *
   * @throws {@link ComputeError} `BOOK_OUT_OF_ORDER` when deposit or payments have shrunk.
   */
  observe(seen: SeenChannel): void;
  /** To be saved, and given to {@link createPayeeVoucherBook} after a restart. */
  snapshot(): PayeeBookState;
};

/**
 * A book that accepts only vouchers that `Channels` will pay, and tells when to stop working.
 *
 * @example
 * ```ts
 * const book = createPayeeVoucherBook({ key, deposit, domain, cap: 1_000n })
 * await book.accept(voucher)
 * if (!book.work(computeDue(work, price, 'down')).isExceeded) runNextSegment()
 * ```
 */
export function createPayeeVoucherBook(parameters: CreatePayeeVoucherBookParameters): PayeeVoucherBook {
  const { key, domain, cap, isSigned = isSignedByKey } = parameters;
  const channel = channelId(key);
  let { deposit, paid = 0n, state = 'open', best, worked = 0n } = parameters;

  const known = (): KnownChannel => ({ deposit, paid, state, best });
  const outOfOrder = (what: string, before: bigint, after: bigint) =>
    new ComputeError('BOOK_OUT_OF_ORDER', `${what} was ${before} and is ${after} now.`, {
      channel,
      before,
      after,
    });
  /** What no crash and no payer can take back; a closed channel has paid all it will. */
  const covered = () => (state === 'closed' || best === undefined || best.total < paid ? paid : best.total);
  const exposure = () => computeExposure({ worked, signed: covered(), deposit, cap });

  return {
    get best() {
      return best;
    },
    get redeemable() {
      return covered() - paid;
    },
    get exposure() {
      return exposure();
    },
    get mayWork() {
      return state === 'open' && !exposure().isExceeded;
    },
    async accept(voucher) {
      if (checkVoucher(channel, known(), voucher) === 'known') return 0n;
      const { total, receiptsRoot, signature } = voucher;
      const digest = hashVoucher(domain, { channel, total, receiptsRoot });
      if (!(await isSigned(key.payer, digest, signature))) {
        const details = { channel, payer: key.payer, total };
        throw new ComputeError('VOUCHER_NOT_SIGNED', `${key.payer} has not signed this voucher.`, details);
      }
      // Another one may have come while this one was checked.
      if (checkVoucher(channel, known(), voucher) === 'known') return 0n;
      const before = covered();
      best = { key, total, receiptsRoot, signature };
      return covered() - before;
    },
    work(next) {
      if (next < worked) throw outOfOrder('The work', worked, next);
      worked = next;
      return exposure();
    },
    observe(seen) {
      if ((seen.deposit ?? deposit) < deposit) throw outOfOrder('The deposit', deposit, seen.deposit ?? 0n);
      if ((seen.paid ?? paid) < paid) throw outOfOrder('What was paid', paid, seen.paid ?? 0n);
      deposit = seen.deposit ?? deposit;
      paid = seen.paid ?? paid;
      state = seen.state ?? state;
    },
    snapshot: () => ({ key, worked, ...known() }),
  };
}
