import { iBondAbi } from '@millrace/protocol/contracts/i-bond';
import type { Address, Hex } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildLockBondParameters = {
  /** The `Bond`. */
  bond: Address;
  /** A class of jobs: any word that requesters and nodes agree on. */
  bondClass: Hex;
  /** Base units, of what is not locked. */
  amount: bigint;
};
export type BuildLockBondReturnType = Call;

/** Locks free stake of the sender for a class of jobs. */
export function buildLockBond({ bond, bondClass, amount }: BuildLockBondParameters): BuildLockBondReturnType {
  return buildComputeCall(iBondAbi, bond, 'lock', [bondClass, amount]);
}
