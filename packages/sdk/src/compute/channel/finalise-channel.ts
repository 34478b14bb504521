import type { MillraceError } from '@millrace/protocol';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { computeEvent } from '../call/compute-event.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildFinaliseChannelParameters, buildFinaliseChannel } from './build-finalise-channel.ts';

export type FinaliseChannelParameters = BuildFinaliseChannelParameters & SendOptions;
export type FinaliseChannelReturnType = ComputeSent<typeof iChannelsAbi, bigint>;
export type FinaliseChannelErrorType = MillraceError;

/**
 * Closes a channel whose window has passed, and gives the rest back to the payer. `result` is that rest, base units. Open to anyone.
 *
 * @throws {@link MillraceError} `TOO_EARLY`, `CHANNEL_IS_CLOSED`, `UNKNOWN_CHANNEL`; nothing is sent then.
 *
 * @example
 * ```ts
 * await finaliseChannel(client, { channels, key })
 * ```
 */
export async function finaliseChannel(
  client: SdkClient,
  parameters: FinaliseChannelParameters,
): Promise<FinaliseChannelReturnType> {
  const call = buildFinaliseChannel(parameters);
  return await sendComputeCall(
    client,
    iChannelsAbi,
    { ...parameters, call },
    (events) => computeEvent(events, 'ChannelClosed').refunded,
  );
}
