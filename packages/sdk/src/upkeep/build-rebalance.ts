import type { Address } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildRebalanceParameters = {
  market: Address;
  token: Address;
  /** Number of the fuller till. */
  from: number;
  /** Number of the emptier till. */
  into: number;
};
export type BuildRebalanceReturnType = Call;

/** Evens out two tills: half of the difference moves. */
export function buildRebalance(parameters: BuildRebalanceParameters): BuildRebalanceReturnType {
  const { market, token, from, into } = parameters;
  return buildMarketCall(market, 'rebalance', [token, BigInt(from), BigInt(into)]);
}
