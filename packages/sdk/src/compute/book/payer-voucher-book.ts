import { type ChannelKey, ComputeError, channelId } from '@millrace/protocol/compute';
import { type Hex, zeroHash } from 'viem';
import type { ChannelState } from '../channel/get-channel.ts';

/** What a payer must not forget about one channel. Amounts are base units of its token. */
export type PayerBookState = {
  readonly key: ChannelKey;
  /** All that was ever deposited. */
  readonly deposit: bigint;
  /** Total of the last voucher; 0 before the first. */
  readonly signed: bigint;
  /** Of the last voucher. */
  readonly receiptsRoot: Hex;
  readonly state: ChannelState;
};

/** What `signVoucher` takes. */
export type PromisedVoucher = {
  readonly key: ChannelKey;
  readonly total: bigint;
  readonly receiptsRoot: Hex;
};

/** A payer’s side of a channel. Pure: it neither signs nor sends. */
export type PayerVoucherBook = {
  /** Total of the last voucher. */
  readonly signed: bigint;
  /** What can still be promised before a top-up. */
  readonly rest: bigint;
  /**
   * Promises `total`, and returns what to sign. Save the snapshot **before** the signature leaves: after a crash the book must
   * know at least what was signed.
   *
   * @param receiptsRoot of the receipts that are paid for. Default: the last one.
   * @throws {@link ComputeError} `VOUCHER_DECREASES`, `VOUCHER_ABOVE_DEPOSIT`, `CHANNEL_NOT_OPEN`; the book is as before then.
   */
  promise(total: bigint, receiptsRoot?: Hex): PromisedVoucher;
  /**
   * Takes over what `getChannel` or `topUpChannel` says.
   *
   * @throws {@link ComputeError} `BOOK_OUT_OF_ORDER` when the deposit has shrunk.
   */
  observe(seen: { deposit?: bigint; state?: ChannelState }): void;
  /** To be saved, and given to {@link createPayerVoucherBook} after a restart. */
  snapshot(): PayerBookState;
};

/**
 * A book that never signs below what it signed, nor above the deposit.
 *
 * @param saved what `snapshot` returned, or the key and the deposit of a new channel
 *
 * @example
 * ```ts
 * const book = createPayerVoucherBook({ key, deposit: 10_000_000n })
 * const voucher = await signVoucher(client, { channels, ...book.promise(250n, tree.root) })
 * ```
 */
export function createPayerVoucherBook(
  saved: Pick<PayerBookState, 'key' | 'deposit'> & Partial<PayerBookState>,
): PayerVoucherBook {
  const { key } = saved;
  const channel = channelId(key);
  let { deposit, signed = 0n, receiptsRoot = zeroHash, state = 'open' } = saved;

  const refuseUnless = (total: bigint): void => {
    const details = { channel, total, signed, deposit, state };
    if (state === 'closed' || state === 'unknown') {
      throw new ComputeError('CHANNEL_NOT_OPEN', 'The channel takes no more vouchers.', details);
    }
    if (total < signed || total < 0n) {
      throw new ComputeError('VOUCHER_DECREASES', `${signed} were signed, and ${total} are less.`, details);
    }
    if (total > deposit) {
      const words = `The deposit is ${deposit}, and a voucher of ${total} is more.`;
      throw new ComputeError('VOUCHER_ABOVE_DEPOSIT', words, details);
    }
  };

  return {
    get signed() {
      return signed;
    },
    get rest() {
      return deposit - signed;
    },
    promise(total, root = receiptsRoot) {
      refuseUnless(total);
      [signed, receiptsRoot] = [total, root];
      return { key, total, receiptsRoot };
    },
    observe(seen) {
      const next = seen.deposit ?? deposit;
      if (next < deposit) {
        const words = `The deposit was ${deposit} and is ${next} now.`;
        throw new ComputeError('BOOK_OUT_OF_ORDER', words, { channel, before: deposit, after: next });
      }
      deposit = next;
      state = seen.state ?? state;
    },
    snapshot: () => ({ key, deposit, signed, receiptsRoot, state }),
  };
}
