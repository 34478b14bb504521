import { simulateShock } from '@millrace/protocol/market';
import { basketOf } from '../position/basket-of.ts';
import { toPosition } from '../position/to-position.ts';
import { outlookAfter, outlookNow } from './outlook.ts';
import type { Quote, QuoteParameters } from './quote.ts';

export type QuoteShockParameters = QuoteParameters & {
  /** By the number of the collateral: what its price is multiplied by, wad. Those not named keep theirs. */
  factorsWad: Readonly<Record<number, bigint>>;
};
export type QuoteShockReturnType = Quote;

/**
 * What becomes of a position when prices change at once.
 *
 * @example
 * ```ts
 * quoteShock({ market, position, factorsWad: { 0: 7n * 10n ** 17n } }).after.position.healthWad // at −30 %
 * ```
 */
export function quoteShock({ market, position, factorsWad }: QuoteShockParameters): QuoteShockReturnType {
  const { basket } = simulateShock(basketOf(market, position), factorsWad);
  return {
    before: outlookNow(market, position),
    after: outlookAfter(market, toPosition(position, basket)),
    refusal: undefined,
  };
}
