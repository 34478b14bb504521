import type { ChannelKey } from '@millrace/protocol/compute';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';
import type { TokenPermit } from '../permit/permit.ts';
import { withPermit } from '../permit/with-permit.ts';

export type BuildOpenChannelParameters = {
  /** The `Channels`. */
  channels: Address;
  /** Its payer must be the sender; see `channelSalt` for its salt. */
  key: ChannelKey;
  /** Base units, below 2^104. */
  deposit: bigint;
  /** From `signTokenPermit`. Default: the tokens were approved. */
  permit?: TokenPermit | undefined;
};
export type BuildOpenChannelReturnType = Call;

/** Opens a channel of the sender with a deposit. */
export function buildOpenChannel(parameters: BuildOpenChannelParameters): BuildOpenChannelReturnType {
  const { channels, key, deposit, permit } = parameters;
  return withPermit(buildComputeCall(iChannelsAbi, channels, 'open', [key, deposit]), permit);
}
