export { findAnvilBinary } from './anvil-binary.ts';
export { loadCandles } from './prices/load-candles.ts';
export { type Candle, PRICE_DECIMALS, parseCandles } from './prices/parse-candles.ts';
export { PriceDataError } from './prices/price-data-error.ts';
export { REPLAYS, type ReplayName } from './prices/replay-names.ts';
export { type PricePoint, toPricePath } from './prices/to-price-path.ts';
export { type Anvil, type StartAnvilOptions, startAnvil } from './start-anvil.ts';
