import { type Address, type Hex, maxUint256 } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildLiquidateParameters = {
  market: Address;
  /** Whose position is liquidated. */
  owner: Address;
  /** Number of the collateral to seize. */
  index: number;
  /** The most to pay, base units of the loan asset. Default: whatever is allowed. */
  maxRepay?: bigint | undefined;
  /** Default: the owner's own stripe, then a scan. See `findLiquidity` and `createStripePlanner`. */
  route?: bigint | undefined;
  /** Passed to the caller's callback before the money is pulled. Default: no callback. */
  data?: Hex | undefined;
};
export type BuildLiquidateReturnType = Call;

/** Repays a position whose health is below 1 and seizes collateral for it, plus a bonus. */
export function buildLiquidate(parameters: BuildLiquidateParameters): BuildLiquidateReturnType {
  const { market, owner, index, maxRepay = maxUint256, route = 0n, data = '0x' } = parameters;
  return buildMarketCall(market, 'liquidate', [owner, BigInt(index), maxRepay, route, data]);
}
