import type { Address, Hex } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildSetOperatorBySigParameters = {
  market: Address;
  /** Whose position it is. */
  owner: Address;
  operator: Address;
  scope: bigint;
  expiry: bigint;
  deadline: bigint;
  /** From `signOperator`. */
  signature: Hex;
};
export type BuildSetOperatorBySigReturnType = Call;

/** Sets an operator with the owner’s signature; anyone may send it. */
export function buildSetOperatorBySig(
  parameters: BuildSetOperatorBySigParameters,
): BuildSetOperatorBySigReturnType {
  const { market, owner, operator, scope, expiry, deadline, signature } = parameters;
  return buildMarketCall(market, 'setOperatorBySig', [owner, operator, scope, expiry, deadline, signature]);
}
