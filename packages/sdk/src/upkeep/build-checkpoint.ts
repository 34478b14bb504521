import type { Address } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildCheckpointParameters = {
  market: Address;
};
export type BuildCheckpointReturnType = Call;

/** Books interest and moves the rate, when due. The sender is paid a part of the fee in shares. */
export function buildCheckpoint(parameters: BuildCheckpointParameters): BuildCheckpointReturnType {
  const { market } = parameters;
  return buildMarketCall(market, 'checkpoint', []);
}
