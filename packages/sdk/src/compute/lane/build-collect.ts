import type { Lane } from '@millrace/protocol/compute';
import { iLanesAbi } from '@millrace/protocol/contracts/i-lanes';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildCollectParameters = {
  /** `Channels`, `JobMarket` or `Bond`: where the lane is. */
  contract: Address;
  /** Whose credit, and who receives it. */
  holder: Address;
  /** See `laneOf`. */
  lane: Lane;
};
export type BuildCollectReturnType = Call;

/** Sends the whole credit of `holder` to `holder`. Anyone may send it. */
export function buildCollect({ contract, holder, lane }: BuildCollectParameters): BuildCollectReturnType {
  return buildComputeCall(iLanesAbi, contract, 'collect', [holder, lane]);
}
