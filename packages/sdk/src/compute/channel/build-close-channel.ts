import type { ChannelKey } from '@millrace/protocol/compute';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildCloseChannelParameters = {
  /** The `Channels`. */
  channels: Address;
  key: ChannelKey;
};
export type BuildCloseChannelReturnType = Call;

/** From the payer: starts the challenge window. From the payee: closes at once. */
export function buildCloseChannel({
  channels,
  key,
}: BuildCloseChannelParameters): BuildCloseChannelReturnType {
  return buildComputeCall(iChannelsAbi, channels, 'close', [key]);
}
