import type { Address } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildWithdrawCollateralParameters = {
  market: Address;
  /** Number of the collateral. */
  index: number;
  /** Base units of the collateral. */
  amount: bigint;
  /** Whose position it is. */
  owner: Address;
  /** Who receives the tokens. Default: the owner. */
  receiver?: Address | undefined;
  /** Default: the owner's own stripe, then a scan. See `findLiquidity` and `createStripePlanner`. */
  route?: bigint | undefined;
};
export type BuildWithdrawCollateralReturnType = Call;

/** Takes collateral out of a position; what is left must carry the debt. */
export function buildWithdrawCollateral(
  parameters: BuildWithdrawCollateralParameters,
): BuildWithdrawCollateralReturnType {
  const { market, index, amount, owner, receiver = owner, route = 0n } = parameters;
  return buildMarketCall(market, 'withdrawCollateral', [BigInt(index), amount, receiver, owner, route]);
}
