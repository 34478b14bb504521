import type { Address } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildPauseParameters = {
  market: Address;
  /** At most three days. */
  seconds: bigint;
};
export type BuildPauseReturnType = Call;

/** Stops new supply and borrowing for a while. Only the market's guardian may send it. */
export function buildPause({ market, seconds }: BuildPauseParameters): BuildPauseReturnType {
  return buildMarketCall(market, 'pause', [seconds]);
}
