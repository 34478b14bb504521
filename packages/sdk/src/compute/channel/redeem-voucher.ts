import type { MillraceError } from '@millrace/protocol';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { computeEvent } from '../call/compute-event.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildRedeemVoucherParameters, buildRedeemVoucher } from './build-redeem-voucher.ts';

export type RedeemVoucherParameters = BuildRedeemVoucherParameters & SendOptions;
export type RedeemVoucherReturnType = ComputeSent<typeof iChannelsAbi, bigint>;
export type RedeemVoucherErrorType = MillraceError;

/**
 * Pays what a voucher says to the payee’s credit, which `collect` sends. `result` is all that the channel has ever paid.
 *
 * @throws {@link MillraceError} `NOTHING_DUE`, `BAD_SIGNATURE`, `UNKNOWN_CHANNEL`, `CHANNEL_IS_CLOSED`; nothing is sent then.
 *
 * @example
 * ```ts
 * await redeemVoucher(client, { channels, voucher: book.best })
 * ```
 */
export async function redeemVoucher(
  client: SdkClient,
  parameters: RedeemVoucherParameters,
): Promise<RedeemVoucherReturnType> {
  const call = buildRedeemVoucher(parameters);
  return await sendComputeCall(
    client,
    iChannelsAbi,
    { ...parameters, call },
    (events) => computeEvent(events, 'VoucherRedeemed').paid,
  );
}
