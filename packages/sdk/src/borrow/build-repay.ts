import type { Address, Hex } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildRepayParameters = {
  market: Address;
  /** Base units of the loan asset; more than the debt, such as `maxUint256`, repays all of it. */
  assets: bigint;
  /** Whose position it is. */
  owner: Address;
  /** Default: the owner's own stripe, then a scan. See `findLiquidity` and `createStripePlanner`. */
  route?: bigint | undefined;
  /** Passed to the caller's callback before the money is pulled. Default: no callback. */
  data?: Hex | undefined;
};
export type BuildRepayReturnType = Call;

/** Repays at most `assets` of a debt. Works whatever else is broken. */
export function buildRepay(parameters: BuildRepayParameters): BuildRepayReturnType {
  const { market, assets, owner, route = 0n, data = '0x' } = parameters;
  return buildMarketCall(market, 'repay', [assets, owner, route, data]);
}
