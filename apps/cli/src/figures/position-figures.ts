import { computeHealth, computeLiquidationPrice, type Holding } from '@millrace/protocol/market';

/** A token as people know it. */
export type TokenName = { symbol: string; decimals: number };

/** One collateral of a position: what is held, what it is called, on what terms. */
export type NamedHolding = Holding & { token: TokenName };

/** What somebody has in a market, as far as it matters to health. Amounts in base units. */
export type PositionFigures = {
  asset: TokenName;
  /** Worth of the shares at the settled price. */
  supplied: bigint;
  debt: bigint;
  holdings: readonly NamedHolding[];
};

/** Wad; `'infinite'` without debt, `undefined` when a collateral that is held has no price. */
export function healthOf(figures: PositionFigures): bigint | 'infinite' | undefined {
  if (figures.debt === 0n) return 'infinite';
  if (figures.holdings.some(({ amount, ask }) => amount > 0n && ask === 0n)) return undefined;
  return computeHealth(figures).healthWad;
}

/**
 * The price of holding `index` below which the position may be liquidated, all other prices as they are; scaled by 1e36.
 * `undefined` when no price of it can bring liquidation on or prevent it.
 */
export function liquidationPriceOf(figures: PositionFigures, index: number): bigint | undefined {
  if (figures.debt === 0n || figures.holdings[index]?.amount === 0n) return undefined;
  const price = computeLiquidationPrice(figures, index);
  return price === 0n ? undefined : price;
}

/** What an operation does to a position, in base units. */
export type Change = { supplied?: bigint; debt?: bigint; collateral?: { index: number; amount: bigint } };

/** The position after `change`. Nothing falls below zero. */
export function applyChange(figures: PositionFigures, change: Change): PositionFigures {
  const grown = (value: bigint, by = 0n) => (value + by > 0n ? value + by : 0n);
  return {
    ...figures,
    supplied: grown(figures.supplied, change.supplied),
    debt: grown(figures.debt, change.debt),
    holdings: figures.holdings.map((holding, i) =>
      change.collateral?.index === i
        ? { ...holding, amount: grown(holding.amount, change.collateral.amount) }
        : holding,
    ),
  };
}
