import { divide, type Rounding } from './fixed-point.ts';

/** 365 days: the year of every rate. */
export const SECONDS_PER_YEAR = 31_536_000n;

/**
 * A yearly rate without compounding (APR, wad: 10 % is `10n ** 17n`) as wad per second, the unit of the contracts.
 *
 * @example
 * ```ts
 * aprToRatePerSecond(10n ** 17n, 'down') // 3_170_979_198n
 * ```
 */
export function aprToRatePerSecond(aprWad: bigint, rounding: Rounding): bigint {
  return divide(aprWad, SECONDS_PER_YEAR, rounding);
}

/** Wad per second as a yearly rate without compounding (APR, wad). Exact. */
export function ratePerSecondToApr(rateWadPerSecond: bigint): bigint {
  return rateWadPerSecond * SECONDS_PER_YEAR;
}
