import type { Address, Hex } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildSupplyParameters = {
  market: Address;
  /** Base units of the loan asset. */
  assets: bigint;
  /** Whose position it is. */
  owner: Address;
  /** Default: the owner's own stripe, then a scan. See `findLiquidity` and `createStripePlanner`. */
  route?: bigint | undefined;
  /** Passed to the caller's callback before the money is pulled. Default: no callback. */
  data?: Hex | undefined;
};
export type BuildSupplyReturnType = Call;

/** Lends `assets` to a market; `owner` gets shares at the ceiling price. */
export function buildSupply(parameters: BuildSupplyParameters): BuildSupplyReturnType {
  const { market, assets, owner, route = 0n, data = '0x' } = parameters;
  return buildMarketCall(market, 'supply', [assets, owner, route, data]);
}
