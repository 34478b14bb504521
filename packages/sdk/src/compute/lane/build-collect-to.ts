import type { Lane } from '@millrace/protocol/compute';
import { iLanesAbi } from '@millrace/protocol/contracts/i-lanes';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildCollectToParameters = {
  /** `Channels`, `JobMarket` or `Bond`: where the lane is. */
  contract: Address;
  /** See `laneOf`. */
  lane: Lane;
  /** Who receives it. */
  to: Address;
};
export type BuildCollectToReturnType = Call;

/** Sends the sender’s whole credit to `to`. */
export function buildCollectTo({ contract, lane, to }: BuildCollectToParameters): BuildCollectToReturnType {
  return buildComputeCall(iLanesAbi, contract, 'collectTo', [lane, to]);
}
