import type { MillraceError } from '@millrace/protocol';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildRedeemStreamParameters, buildRedeemStream } from './build-redeem-stream.ts';

export type RedeemStreamParameters = BuildRedeemStreamParameters & SendOptions;
export type RedeemStreamReturnType = ComputeSent<typeof iChannelsAbi, undefined>;
export type RedeemStreamErrorType = MillraceError;

/**
 * Pays the seconds of a stream that have passed to the payee’s credit. While the channel is closing, a stream that runs on holds it
 * open.
 *
 * @throws {@link MillraceError} `NOTHING_DUE`, `BAD_SIGNATURE`, `STREAM_TOO_FAR`, `CHANNEL_IS_CLOSED`; nothing is sent then.
 *
 * @example
 * ```ts
 * await redeemStream(client, { channels, stream })
 * ```
 */
export async function redeemStream(
  client: SdkClient,
  parameters: RedeemStreamParameters,
): Promise<RedeemStreamReturnType> {
  const call = buildRedeemStream(parameters);
  return await sendComputeCall(client, iChannelsAbi, { ...parameters, call }, nothing);
}
