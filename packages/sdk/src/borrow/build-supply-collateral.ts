import type { Address, Hex } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildSupplyCollateralParameters = {
  market: Address;
  /** Number of the collateral. */
  index: number;
  /** Base units of the collateral. */
  amount: bigint;
} & (ForSender | ForOwner);

/** The sender's own position and stripe: the cheapest way. */
type ForSender = { owner?: undefined; route?: undefined; data?: undefined };

type ForOwner = {
  /** Whose position it is. */
  owner: Address;
  /** Default: the owner's own stripe, then a scan. See `findLiquidity` and `createStripePlanner`. */
  route?: bigint | undefined;
  /** Passed to the caller's callback before the money is pulled. Default: no callback. */
  data?: Hex | undefined;
};

export type BuildSupplyCollateralReturnType = Call;

/** Adds collateral to a position. Each till accepts `cap / L`: name several in the route for a large deposit. */
export function buildSupplyCollateral(
  parameters: BuildSupplyCollateralParameters,
): BuildSupplyCollateralReturnType {
  const { market, index, amount, owner } = parameters;
  if (owner === undefined) return buildMarketCall(market, 'supplyCollateral', [BigInt(index), amount]);
  const { route = 0n, data = '0x' } = parameters;
  return buildMarketCall(market, 'supplyCollateral', [BigInt(index), amount, owner, route, data]);
}
