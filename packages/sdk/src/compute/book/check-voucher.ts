import { ComputeError, channelId } from '@millrace/protocol/compute';
import type { Hex } from 'viem';
import type { ChannelState } from '../channel/get-channel.ts';
import type { SignedVoucher } from '../channel/signed-voucher.ts';

/** What a payee knows of a channel. Amounts are base units of its token. */
export type KnownChannel = {
  /** All that was ever deposited. */
  readonly deposit: bigint;
  /** All that was ever paid. */
  readonly paid: bigint;
  readonly state: ChannelState;
  /** The largest voucher that was accepted. */
  readonly best?: SignedVoucher | undefined;
};

/**
 * Whether a voucher is worth checking its signature: `known` when it was accepted before.
 *
 * @throws {@link ComputeError} `CHANNEL_NOT_OPEN`, `VOUCHER_OTHER_CHANNEL`, `VOUCHER_NOT_INCREASING`, `VOUCHER_ABOVE_DEPOSIT`.
 */
export function checkVoucher(channel: Hex, known: KnownChannel, voucher: SignedVoucher): 'news' | 'known' {
  const { deposit, paid, state, best } = known;
  const { total } = voucher;
  const details = { channel, total, best: best?.total ?? 0n, paid, deposit, state };
  if (channelId(voucher.key) !== channel) {
    throw new ComputeError('VOUCHER_OTHER_CHANNEL', 'The voucher is of another channel.', details);
  }
  if (best !== undefined && isSame(best, voucher)) return 'known';
  if (state === 'closed' || state === 'unknown') {
    throw new ComputeError('CHANNEL_NOT_OPEN', 'The channel pays no more vouchers.', details);
  }
  const least = best !== undefined && best.total > paid ? best.total : paid;
  if (total <= least) {
    const words = `A voucher of ${total} is no more than the ${least} before.`;
    throw new ComputeError('VOUCHER_NOT_INCREASING', words, details);
  }
  if (total > deposit) {
    const words = `The deposit is ${deposit}, and a voucher of ${total} is more.`;
    throw new ComputeError('VOUCHER_ABOVE_DEPOSIT', words, details);
  }
  return 'news';
}

function isSame(a: SignedVoucher, b: SignedVoucher): boolean {
  return a.total === b.total && a.receiptsRoot === b.receiptsRoot && a.signature === b.signature;
}
