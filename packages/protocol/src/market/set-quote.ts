import type { MarketState, Quote } from './state.ts';

/**
 * The market with another price of collateral `index`, as its oracle would report it.
 *
 * @throws `RangeError` when there is no such collateral.
 */
export function setQuote(state: MarketState, index: number, quote: Quote): MarketState {
  return { ...state, quotes: state.quotes.with(index, quote) };
}
