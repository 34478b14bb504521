/** One, with 18 decimals: rates, ratios and prices of one. */
export const WAD = 10n ** 18n;

/** One, with 27 decimals. */
export const RAY = 10n ** 27n;

/** One, in basis points: 10 000 of them are 100 %. */
export const BPS = 10_000n;

/** Which way an inexact result goes: `down` is towards −∞, `up` towards +∞. */
export type Rounding = 'down' | 'up';

/**
 * `a / b`, rounded towards −∞ or +∞, unlike `/`, which rounds towards zero.
 *
 * @throws `RangeError` when `b` is 0.
 */
export function divide(a: bigint, b: bigint, rounding: Rounding): bigint {
  const quotient = a / b;
  const remainder = a % b;
  if (remainder === 0n) return quotient;
  const isNegative = remainder < 0n !== b < 0n;
  if (rounding === 'up') return isNegative ? quotient : quotient + 1n;
  return isNegative ? quotient - 1n : quotient;
}

/**
 * `a · b / denominator`, rounded down, at full width.
 *
 * @example
 * ```ts
 * mulDivDown(10n, 1n, 3n) // 3n
 * ```
 */
export function mulDivDown(a: bigint, b: bigint, denominator: bigint): bigint {
  return divide(a * b, denominator, 'down');
}

/**
 * `a · b / denominator`, rounded up, at full width.
 *
 * @example
 * ```ts
 * mulDivUp(10n, 1n, 3n) // 4n
 * ```
 */
export function mulDivUp(a: bigint, b: bigint, denominator: bigint): bigint {
  return divide(a * b, denominator, 'up');
}

/** Basis points as a wad. Exact. */
export function bpsToWad(bps: bigint): bigint {
  return bps * (WAD / BPS);
}

/** A wad as basis points, rounded. */
export function wadToBps(wad: bigint, rounding: Rounding): bigint {
  return divide(wad, WAD / BPS, rounding);
}
