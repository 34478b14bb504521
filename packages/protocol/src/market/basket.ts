import { BPS, WAD } from '../units/fixed-point.ts';
import { PRICE_SCALE } from './index-math.ts';

/** One collateral of a position with its terms and prices, as the Lens reports them. Fractions bps, prices × 1e36. */
export type Holding = {
  /** Base units of the collateral. */
  readonly amount: bigint;
  readonly bid: bigint;
  readonly ask: bigint;
  readonly borrowLtvBps: bigint;
  readonly liquidationLtvBps: bigint;
};

/** A position as quotes see it: debt in base units of the asset, rounded up, and all collaterals of the market. */
export type Basket = { readonly debt: bigint; readonly holdings: readonly Holding[] };

/** Health of a position; amounts in base units of the asset, rounded down. */
export type Health = {
  /** Worth of the collateral at the ask. */
  readonly value: bigint;
  /**
   * What may be owed at most after borrowing or withdrawing collateral. 0 while a collateral that is held has no live
   * price: then nobody may borrow against the basket, and nobody may liquidate it either.
   */
  readonly capacity: bigint;
  /** The debt at which liquidation starts. */
  readonly limit: bigint;
  /** `limit / debt` in wad, rounded down; liquidation starts below 1. `undefined` without debt. */
  readonly healthWad: bigint | undefined;
};

/**
 * What a position's collateral is worth and allows, as `Lens.position` computes it.
 *
 * @example
 * ```ts
 * const holding = { amount: 10n, bid: 10n ** 36n, ask: 10n ** 36n, borrowLtvBps: 7_000n, liquidationLtvBps: 8_000n }
 * computeHealth({ debt: 4n, holdings: [holding] }).healthWad // 2_000_000_000_000_000_000n
 * ```
 */
export function computeHealth({ debt, holdings }: Basket): Health {
  let [value, capacity, limit] = [0n, 0n, 0n];
  for (const holding of holdings) {
    const atAsk = worthAt(holding.amount, holding.ask);
    value += atAsk;
    limit += (atAsk * holding.liquidationLtvBps) / BPS;
    capacity += (worthAt(holding.amount, holding.bid) * holding.borrowLtvBps) / BPS;
  }
  if (holdings.some(({ amount, ask }) => amount !== 0n && ask === 0n)) capacity = 0n;
  return { value, capacity, limit, healthWad: debt === 0n ? undefined : (limit * WAD) / debt };
}

/** What `amount` base units of collateral are worth at `price` (× 1e36), base units of the asset, rounded down. */
export function worthAt(amount: bigint, price: bigint): bigint {
  return (amount * price) / PRICE_SCALE;
}
