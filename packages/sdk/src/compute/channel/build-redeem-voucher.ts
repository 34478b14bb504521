import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';
import type { SignedVoucher } from './signed-voucher.ts';

export type BuildRedeemVoucherParameters = {
  /** The `Channels`. */
  channels: Address;
  /** Of the payer; see `signVoucher`. */
  voucher: SignedVoucher;
};
export type BuildRedeemVoucherReturnType = Call;

/** Pays what a voucher says, less what was paid before, to the payee’s credit. Anyone may send it. */
export function buildRedeemVoucher({
  channels,
  voucher,
}: BuildRedeemVoucherParameters): BuildRedeemVoucherReturnType {
  return buildComputeCall(iChannelsAbi, channels, 'redeem', [voucher]);
}
