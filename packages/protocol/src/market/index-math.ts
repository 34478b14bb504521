import { RAY, WAD } from '../units/fixed-point.ts';
import { SECONDS_PER_YEAR } from '../units/rate.ts';

// Mirrors contracts/src/market/IndexMath.sol: the same names, the same rounding. Indices and prices per share are
// ray, rates wad per second, times seconds, everything else base units.

/** What the price of one base unit of collateral is scaled by. */
export const PRICE_SCALE = 10n ** 36n;
/** 400 % a year: no market charges more (wad per second). */
export const MAX_RATE = (4n * WAD) / SECONDS_PER_YEAR;
/** 5 % a year, the least that a rate may move in an hour (wad per second). */
export const MIN_SLEW = (5n * 10n ** 16n) / SECONDS_PER_YEAR;
/** Indices and prices stop here. */
export const MAX_INDEX = 2n ** 112n - 1n;
/** Below a thousandth of an asset per share supply is closed for ever (ray). */
export const MIN_PRICE = RAY / 1000n;

/** `index · (1 + rate · elapsed)`, rounded up: what debtors owe and the ceiling at which lenders enter. */
export function grownUp(index: bigint, rate: bigint, elapsed: bigint): bigint {
  return index + ceilDiv(index * (rate * elapsed), WAD);
}

/** `index · (1 + rate · elapsed)`, rounded down: the most a checkpoint lifts a price to. */
export function grownDown(index: bigint, rate: bigint, elapsed: bigint): bigint {
  return index + (index * (rate * elapsed)) / WAD;
}

/** Units of the asset that `amount` shares or scaled debt are worth at `index`, rounded down. */
export function worthDown(amount: bigint, index: bigint): bigint {
  return (amount * index) / RAY;
}

/** Units of the asset that `amount` shares or scaled debt are worth at `index`, rounded up. */
export function worthUp(amount: bigint, index: bigint): bigint {
  return ceilDiv(amount * index, RAY);
}

/** Shares or scaled debt that `assets` come to at `index`, rounded down. Zero index: zero. */
export function unitsDown(assets: bigint, index: bigint): bigint {
  return index === 0n ? 0n : (assets * RAY) / index;
}

/**
 * Shares or scaled debt that `assets` come to at `index`, rounded up.
 *
 * @throws `RangeError` when `index` is 0.
 */
export function unitsUp(assets: bigint, index: bigint): bigint {
  return ceilDiv(assets * RAY, index);
}

/** The rate after `elapsed` seconds on its way to `target`, moving at most `max(rate, 5 % APR)` an hour either way. */
export function slewed(rate: bigint, target: bigint, elapsed: bigint): bigint {
  const aim = target > MAX_RATE ? MAX_RATE : target;
  const step = ((rate > MIN_SLEW ? rate : MIN_SLEW) * elapsed) / 3600n;
  if (aim > rate) return aim - rate > step ? rate + step : aim;
  return rate - aim > step ? rate - step : aim;
}

/** `owed / (owed + max(0, cash))` in wad, rounded down; 0 when nothing is owed. */
export function utilisation(owed: bigint, cash: bigint): bigint {
  if (owed === 0n) return 0n;
  return cash <= 0n ? WAD : (owed * WAD) / (owed + cash);
}

/** What repaying `assets` of `debt` (scaled) takes: at most all of it; the scaled part it settles is rounded down. */
export function clamp(assets: bigint, debt: bigint, index: bigint): { repaid: bigint; scaled: bigint } {
  const owed = worthUp(debt, index);
  return assets >= owed
    ? { repaid: owed, scaled: debt }
    : { repaid: assets, scaled: unitsDown(assets, index) };
}

/** `a / b`, rounded up, for `a ≥ 0` and `b > 0`. */
export function ceilDiv(a: bigint, b: bigint): bigint {
  return a / b + (a % b === 0n ? 0n : 1n);
}
