import { divide, type Rounding } from './fixed-point.ts';

/** Shown for a number that is not known. */
export const UNKNOWN = '—';

/**
 * A rounded decimal number with thousands separated by commas; `trim` drops trailing zeros. The digits never pass
 * through a float.
 */
export function formatDecimal(
  value: bigint,
  decimals: number,
  fractionDigits: number,
  rounding: Rounding,
  trim: boolean,
): string {
  const rounded = rescale(value, decimals, fractionDigits, rounding);
  const sign = rounded < 0n ? '-' : '';
  const digits = (rounded < 0n ? -rounded : rounded).toString().padStart(fractionDigits + 1, '0');
  const whole = digits.slice(0, digits.length - fractionDigits).replace(/\B(?=(\d{3})+$)/g, ',');
  const kept = digits.slice(digits.length - fractionDigits);
  const fraction = trim ? kept.replace(/0+$/, '') : kept;
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

function rescale(value: bigint, from: number, to: number, rounding: Rounding): bigint {
  if (to >= from) return value * 10n ** BigInt(to - from);
  return divide(value, 10n ** BigInt(from - to), rounding);
}
