import { iBondAbi } from '@millrace/protocol/contracts/i-bond';
import type { Address, Hex } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildUnbondParameters = {
  /** The `Bond`. */
  bond: Address;
  /** A class of jobs. */
  bondClass: Hex;
  /** Base units, of what is locked for the class. */
  amount: bigint;
};
export type BuildUnbondReturnType = Call;

/** Starts to unlock. What is leaving already waits anew. */
export function buildUnbond({ bond, bondClass, amount }: BuildUnbondParameters): BuildUnbondReturnType {
  return buildComputeCall(iBondAbi, bond, 'startUnlock', [bondClass, amount]);
}
