import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';
import type { SignedVoucher } from './signed-voucher.ts';

export type BuildRedeemVouchersParameters = {
  /** The `Channels`. */
  channels: Address;
  /** Of any channels; the best one of each is enough. */
  vouchers: readonly SignedVoucher[];
};
export type BuildRedeemVouchersReturnType = Call;

/** Redeems many vouchers at half the price of one each. Those that pay nothing are skipped. Anyone may send it. */
export function buildRedeemVouchers({
  channels,
  vouchers,
}: BuildRedeemVouchersParameters): BuildRedeemVouchersReturnType {
  return buildComputeCall(iChannelsAbi, channels, 'redeemBatch', [vouchers]);
}
