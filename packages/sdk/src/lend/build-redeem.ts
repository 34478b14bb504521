import type { Address } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildRedeemParameters = {
  market: Address;
  shares: bigint;
  /** Whose position it is. */
  owner: Address;
  /** Who receives the tokens. Default: the owner. */
  receiver?: Address | undefined;
  /** Default: the owner's own stripe, then a scan. See `findLiquidity` and `createStripePlanner`. */
  route?: bigint | undefined;
};
export type BuildRedeemReturnType = Call;

/** Sells `shares` at the settled price; assets are rounded down. */
export function buildRedeem(parameters: BuildRedeemParameters): BuildRedeemReturnType {
  const { market, shares, owner, receiver = owner, route = 0n } = parameters;
  return buildMarketCall(market, 'redeem', [shares, receiver, owner, route]);
}
