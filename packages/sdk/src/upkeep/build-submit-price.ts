import type { Address, Hex } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildSubmitPriceParameters = {
  market: Address;
  /** Number of the collateral. */
  index: number;
  /** As its oracle takes it. */
  data: Hex;
};
export type BuildSubmitPriceReturnType = Call;

/** Hands a signed price to an oracle, for the rest of the transaction: put it first in a `multicall`. */
export function buildSubmitPrice(parameters: BuildSubmitPriceParameters): BuildSubmitPriceReturnType {
  const { market, index, data } = parameters;
  return buildMarketCall(market, 'submitPrice', [BigInt(index), data]);
}
