import type { Address } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildWithdrawParameters = {
  market: Address;
  /** Base units of the loan asset. */
  assets: bigint;
  /** Whose position it is. */
  owner: Address;
  /** Who receives the tokens. Default: the owner. */
  receiver?: Address | undefined;
  /** Default: the owner's own stripe, then a scan. See `findLiquidity` and `createStripePlanner`. */
  route?: bigint | undefined;
};
export type BuildWithdrawReturnType = Call;

/** Takes `assets` out of a market; shares are sold at the settled price, rounded up. */
export function buildWithdraw(parameters: BuildWithdrawParameters): BuildWithdrawReturnType {
  const { market, assets, owner, receiver = owner, route = 0n } = parameters;
  return buildMarketCall(market, 'withdraw', [assets, receiver, owner, route]);
}
