import type { ChannelKey } from '@millrace/protocol/compute';
import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';
import type { TokenPermit } from '../permit/permit.ts';
import { withPermit } from '../permit/with-permit.ts';

export type BuildTopUpChannelParameters = {
  /** The `Channels`. */
  channels: Address;
  key: ChannelKey;
  /** Base units. */
  amount: bigint;
  /** From `signTokenPermit`, of the sender. Default: the tokens were approved. */
  permit?: TokenPermit | undefined;
};
export type BuildTopUpChannelReturnType = Call;

/** Adds to the deposit of a channel from the sender’s tokens. What is left goes back to the payer, whoever sent it. */
export function buildTopUpChannel(parameters: BuildTopUpChannelParameters): BuildTopUpChannelReturnType {
  const { channels, key, amount, permit } = parameters;
  return withPermit(buildComputeCall(iChannelsAbi, channels, 'topUp', [key, amount]), permit);
}
