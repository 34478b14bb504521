import { iBondAbi } from '@millrace/protocol/contracts/i-bond';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildUnstakeParameters = {
  /** The `Bond`. */
  bond: Address;
  /** Base units, of what is not locked. */
  amount: bigint;
  /** Who receives it. */
  to: Address;
};
export type BuildUnstakeReturnType = Call;

/** Sends free stake of the sender to `to`. */
export function buildUnstake({ bond, amount, to }: BuildUnstakeParameters): BuildUnstakeReturnType {
  return buildComputeCall(iBondAbi, bond, 'unstake', [amount, to]);
}
