import { type MillraceError, UnexpectedError } from '@millrace/protocol';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { type ComputeEvents, type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildCloseChannelParameters, buildCloseChannel } from './build-close-channel.ts';

export type CloseChannelParameters = BuildCloseChannelParameters & SendOptions;
/** What closing came to. */
export type CloseChannelResult =
  | {
      readonly state: 'closing';
      /** From when `finaliseChannel` works, seconds since 1970. */
      readonly closesAt: bigint;
    }
  | {
      readonly state: 'closed';
      /** What went back to the payer, base units. */
      readonly refunded: bigint;
    };
export type CloseChannelReturnType = ComputeSent<typeof iChannelsAbi, CloseChannelResult>;
export type CloseChannelErrorType = MillraceError;

/**
 * By the payer: starts to close, and the payee has the challenge window to redeem; then anyone may `finaliseChannel`. By the
 * payee: closes at once. A payee redeems its best voucher before.
 *
 * @throws {@link MillraceError} `NOT_PARTY`, `CHANNEL_IS_CLOSING` when the payer calls twice, `CHANNEL_IS_CLOSED`; nothing
 * is sent then.
 *
 * @example
 * ```ts
 * const { result } = await closeChannel(payer, { channels, key })
 * if (result.state === 'closing') await waitUntil(result.closesAt)
 * ```
 */
export async function closeChannel(
  client: SdkClient,
  parameters: CloseChannelParameters,
): Promise<CloseChannelReturnType> {
  const call = buildCloseChannel(parameters);
  return await sendComputeCall(client, iChannelsAbi, { ...parameters, call }, resultOf);
}

function resultOf(events: ComputeEvents<typeof iChannelsAbi>): CloseChannelResult {
  for (const { eventName, args } of events) {
    if (eventName === 'ChannelClosing') return { state: 'closing', closesAt: args.closesAt };
    if (eventName === 'ChannelClosed') return { state: 'closed', refunded: args.refunded };
  }
  throw new UnexpectedError('The transaction has closed nothing.');
}
