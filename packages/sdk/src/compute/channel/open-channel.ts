import type { MillraceError } from '@millrace/protocol';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { Hex } from 'viem';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { computeEvent } from '../call/compute-event.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildOpenChannelParameters, buildOpenChannel } from './build-open-channel.ts';

export type OpenChannelParameters = BuildOpenChannelParameters & SendOptions;
export type OpenChannelReturnType = ComputeSent<typeof iChannelsAbi, Hex>;
export type OpenChannelErrorType = MillraceError;

/**
 * Opens a channel to a payee with a deposit; `result` is its id. A key is used once: a closed channel never opens again.
 *
 * @throws {@link MillraceError} `CHANNEL_EXISTS`, `NOT_PARTY`, `INSUFFICIENT_BALANCE`, `INSUFFICIENT_APPROVAL`; nothing is
 * sent then.
 *
 * @example
 * ```ts
 * const key = { payer, payee, token, salt: channelSalt(0n, 1n) }
 * const permit = await signTokenPermit(client, { token, spender: channels, value: deposit, deadline })
 * await openChannel(client, { channels, key, deposit, permit })
 * ```
 */
export async function openChannel(
  client: SdkClient,
  parameters: OpenChannelParameters,
): Promise<OpenChannelReturnType> {
  const { key, deposit } = parameters;
  const call = buildOpenChannel(parameters);
  const payment = { payer: key.payer, amount: deposit, token: key.token };
  return await sendComputeCall(
    client,
    iChannelsAbi,
    { ...parameters, call, payment },
    (events) => computeEvent(events, 'ChannelOpened').channel,
  );
}
