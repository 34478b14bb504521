import type { Address } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildUnpauseParameters = { market: Address };
export type BuildUnpauseReturnType = Call;

/** Ends a pause early. Only the market's guardian may send it. */
export function buildUnpause({ market }: BuildUnpauseParameters): BuildUnpauseReturnType {
  return buildMarketCall(market, 'unpause', []);
}
