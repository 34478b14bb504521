import type { Address } from 'viem';

/** What a position holds of one collateral. Prices are scaled by 1e36, 0 when unusable. */
export type CollateralPosition = {
  readonly index: number;
  /** Base units of the collateral. */
  readonly amount: bigint;
  /** Worth at the ask, base units of the asset, rounded down. */
  readonly value: bigint;
  readonly bid: bigint;
  readonly ask: bigint;
  /**
   * The lowest ask at which the position may not be liquidated, all other prices as they are. 0 when no price of this
   * collateral brings liquidation on; `undefined` when the position holds none of it.
   */
  readonly liquidationPrice: bigint | undefined;
};

/** What an account has in a market. Amounts are base units of the asset unless said otherwise. */
export type Position = {
  readonly owner: Address;
  readonly shares: bigint;
  /** Worth of the shares at the settled price, rounded down. */
  readonly supplied: bigint;
  /** Rounded up. */
  readonly debt: bigint;
  /** Worth of the collateral at the ask. */
  readonly value: bigint;
  /** The most debt the collateral carries when borrowing. */
  readonly capacity: bigint;
  /** The debt at which liquidation starts. */
  readonly limit: bigint;
  /** What may still be borrowed. */
  readonly available: bigint;
  /** `limit / debt`, wad, rounded down: below 1 it may be liquidated. */
  readonly healthWad: bigint | 'infinite';
  readonly collaterals: readonly CollateralPosition[];
};
