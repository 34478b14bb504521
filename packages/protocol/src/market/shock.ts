import { WAD } from '../units/fixed-point.ts';
import { type Basket, computeHealth, type Health, type Holding } from './basket.ts';

/** A position before and after its prices change. */
export type Shock = { readonly before: Health; readonly after: Health; readonly basket: Basket };

/**
 * What becomes of a position when prices change at once.
 *
 * @param factorsWad by the number of the collateral: what its bid and ask are multiplied by (wad), rounded down.
 * A collateral that is not named keeps its price.
 *
 * @example
 * ```ts
 * simulateShock(basket, { 0: 7n * 10n ** 17n }).after.healthWad // collateral 0 at 70 % of its price
 * ```
 */
export function simulateShock(basket: Basket, factorsWad: Readonly<Record<number, bigint>>): Shock {
  const holdings = basket.holdings.map((holding, i) => scaled(holding, factorsWad[i] ?? WAD));
  const shocked = { ...basket, holdings };
  return { before: computeHealth(basket), after: computeHealth(shocked), basket: shocked };
}

function scaled(holding: Holding, factorWad: bigint): Holding {
  return { ...holding, bid: (holding.bid * factorWad) / WAD, ask: (holding.ask * factorWad) / WAD };
}
