import { BPS } from '../units/fixed-point.ts';
import { type Basket, computeHealth } from './basket.ts';
import { ceilDiv, PRICE_SCALE } from './index-math.ts';

/**
 * The lowest ask of collateral `index` (× 1e36) at which the position may not be liquidated, all other prices as they
 * are. Exact: one less, and it may be.
 *
 * @returns 0 when no price of this collateral can bring liquidation on, `undefined` when no price can prevent it, since
 * the position holds none of it or there is no such collateral.
 *
 * @example
 * ```ts
 * const holding = { amount: 10n, bid: 10n ** 36n, ask: 10n ** 36n, borrowLtvBps: 7_000n, liquidationLtvBps: 8_000n }
 * computeLiquidationPrice({ debt: 4n, holdings: [holding] }, 0) // 5n * 10n ** 35n
 * ```
 */
export function computeLiquidationPrice({ debt, holdings }: Basket, index: number): bigint | undefined {
  const others = holdings.filter((_, i) => i !== index);
  const needed = debt - computeHealth({ debt, holdings: others }).limit;
  if (needed <= 0n) return 0n;
  const holding = holdings[index];
  if (!holding || holding.amount === 0n || holding.liquidationLtvBps === 0n) return undefined;
  const value = ceilDiv(needed * BPS, holding.liquidationLtvBps);
  return ceilDiv(value * PRICE_SCALE, holding.amount);
}
