import type { ChannelKey } from '@millrace/protocol/compute';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildFinaliseChannelParameters = {
  /** The `Channels`. */
  channels: Address;
  key: ChannelKey;
};
export type BuildFinaliseChannelReturnType = Call;

/** Closes a channel whose window has passed. Anyone may send it. */
export function buildFinaliseChannel({
  channels,
  key,
}: BuildFinaliseChannelParameters): BuildFinaliseChannelReturnType {
  return buildComputeCall(iChannelsAbi, channels, 'finalise', [key]);
}
