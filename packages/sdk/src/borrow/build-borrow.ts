import type { Address } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildBorrowParameters = {
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
export type BuildBorrowReturnType = Call;

/** Borrows exactly `assets`; the debt is rounded up. */
export function buildBorrow(parameters: BuildBorrowParameters): BuildBorrowReturnType {
  const { market, assets, owner, receiver = owner, route = 0n } = parameters;
  return buildMarketCall(market, 'borrow', [assets, receiver, owner, route]);
}
