import type { Market } from '../market/market.ts';
import { basketOf } from '../position/basket-of.ts';
import type { Position } from '../position/position.ts';
import { toPosition } from '../position/to-position.ts';
import { healthRefusal } from './health-refusal.ts';
import { outlookAfter, outlookNow } from './outlook.ts';
import type { Quote, QuoteParameters } from './quote.ts';
import { refusal } from './refusal.ts';

export type QuoteCollateralParameters = QuoteParameters & {
  /** Number of the collateral. */
  index: number;
  /** Base units of the collateral: above zero is added, below zero taken out. */
  change: bigint;
};
export type QuoteCollateralReturnType = Quote;

/** What adding or taking out collateral would do. Pure; exact for the block the position was read at. */
export function quoteCollateral(parameters: QuoteCollateralParameters): QuoteCollateralReturnType {
  const { market, position, index, change } = parameters;
  const basket = basketOf(market, position);
  const holdings = basket.holdings.map((holding, i) =>
    i === index ? { ...holding, amount: atLeastZero(holding.amount + change) } : holding,
  );
  const after = toPosition(position, { ...basket, holdings });
  return {
    before: outlookNow(market, position),
    after: outlookAfter(market, after),
    refusal: refusalOf(market, position, parameters, after),
  };
}

function refusalOf(
  market: Market,
  position: Position,
  { index, change }: QuoteCollateralParameters,
  after: Position,
) {
  const count = BigInt(market.collaterals.length);
  const held = position.collaterals[index];
  if (held === undefined) return refusal(market, 'UnknownCollateral', [count, BigInt(index)]);
  if (change === 0n) return refusal(market, 'ZeroAmount', []);
  if (change > 0n) return undefined;
  if (-change > held.amount) return refusal(market, 'InsufficientCollateral', [-change, held.amount]);
  return healthRefusal(market, after);
}

function atLeastZero(value: bigint): bigint {
  return value > 0n ? value : 0n;
}
