import { healthOf, liquidationPriceOf, type PositionFigures } from './position-figures.ts';
import { priceData } from './prices.ts';

/** A position for programs: base units; health is wad, null without debt; prices are whole loan assets for a whole token. */
export function positionData(figures: PositionFigures) {
  const health = healthOf(figures);
  return {
    supplied: figures.supplied,
    debt: figures.debt,
    health: typeof health === 'bigint' ? health : null,
    collaterals: figures.holdings.map(({ token, amount, bid, ask }, i) => ({
      symbol: token.symbol,
      decimals: token.decimals,
      amount,
      bid: priceData(bid, token, figures.asset),
      ask: priceData(ask, token, figures.asset),
      liquidationPrice: priceData(liquidationPriceOf(figures, i), token, figures.asset),
    })),
  };
}
