import { iBondAbi } from '@millrace/protocol/contracts/i-bond';
import type { Address, Hex } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildFinishUnbondParameters = {
  /** The `Bond`. */
  bond: Address;
  /** Whose lock. */
  node: Address;
  /** A class of jobs. */
  bondClass: Hex;
};
export type BuildFinishUnbondReturnType = Call;

/** Frees what has waited long enough. Open to anyone. */
export function buildFinishUnbond({
  bond,
  node,
  bondClass,
}: BuildFinishUnbondParameters): BuildFinishUnbondReturnType {
  return buildComputeCall(iBondAbi, bond, 'finishUnlock', [node, bondClass]);
}
