import type { Address } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildMulticallParameters = {
  market: Address;
  /** Calls of this market, in order, from the `build*` functions. */
  calls: readonly Call[];
};
export type BuildMulticallReturnType = Call;

/** Several calls of one market as one, all or none: submit a price and borrow, permit and withdraw. */
export function buildMulticall({ market, calls }: BuildMulticallParameters): BuildMulticallReturnType {
  return buildMarketCall(market, 'multicall', [calls.map(({ data }) => data)]);
}
