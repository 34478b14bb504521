import { iBondAbi } from '@millrace/protocol/contracts/i-bond';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildStakeParameters = {
  /** The `Bond`. */
  bond: Address;
  /** Whose stake it is from then on. */
  node: Address;
  /** Base units of the bond’s token. */
  amount: bigint;
};
export type BuildStakeReturnType = Call;

/** Adds to the stake of a node from the sender’s tokens. */
export function buildStake({ bond, node, amount }: BuildStakeParameters): BuildStakeReturnType {
  return buildComputeCall(iBondAbi, bond, 'stake', [node, amount]);
}
