import type { Lane } from '@millrace/protocol/compute';
import { iLanesAbi } from '@millrace/protocol/contracts/i-lanes';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildOpenTillParameters = {
  /** `Channels`, `JobMarket` or `Bond`: where the lane is. */
  contract: Address;
  /** See `laneOf`. */
  lane: Lane;
};
export type BuildOpenTillReturnType = Call;

/** Gives the till of a lane its code, so that what is paid there first costs no more than later. Anyone may send it. */
export function buildOpenTill({ contract, lane }: BuildOpenTillParameters): BuildOpenTillReturnType {
  return buildComputeCall(iLanesAbi, contract, 'openTill', [lane]);
}
