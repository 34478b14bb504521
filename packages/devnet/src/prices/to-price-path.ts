import type { Candle } from './parse-candles.ts';

/** A price and the moment from which it holds. */
export type PricePoint = {
  /** Unix seconds. */
  unix: bigint;
  /** Dollars with 8 decimals. */
  price: bigint;
};

const HALF_HOUR_SECONDS = 1800n;
const HOUR_SECONDS = 3600n;

/**
 * Turns hourly candles into a path of two prices an hour: the low at half past, then the close on the hour.
 *
 * A candle does not say when within the hour its extremes were reached, so the path takes the order that is worst for
 * those who borrow against ETH: straight to the low, without a stop in which a liquidator could have acted, and only
 * then back to the close. The high is left out: it harms nobody here, and passing it first or later would only give
 * liquidators better prices.
 */
export function toPricePath(candles: readonly Candle[]): PricePoint[] {
  return candles.flatMap(({ unix, low, close }) => [
    { unix: unix + HALF_HOUR_SECONDS, price: low },
    { unix: unix + HOUR_SECONDS, price: close },
  ]);
}
