export { loadCandles } from './load-candles.ts';
export { type Candle, PRICE_DECIMALS, parseCandles } from './parse-candles.ts';
export { PriceDataError } from './price-data-error.ts';
export { REPLAYS, type ReplayName } from './replay-names.ts';
export { type PricePoint, toPricePath } from './to-price-path.ts';
