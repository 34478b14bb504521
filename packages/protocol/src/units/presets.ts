import { formatDecimal, UNKNOWN } from './decimal.ts';
import type { Rounding } from './fixed-point.ts';

/** What a number is to its reader. Never flattering: what is owed rounds up, what is owned rounds down. */
export type Side = 'asset' | 'debt';

const MONEY_DIGITS = 2;
const TOKEN_DIGITS = 6;
const TOKEN_DIGITS_BELOW_ONE = 4;
const TOKEN_FRACTION_LIMIT = 8;
const PERCENT_DIGITS = 2;
const HEALTH_DIGITS = 2;
const WAD_DECIMALS = 18;

/**
 * Money: two decimals, always.
 *
 * @param value in units of 10^-`decimals`; `undefined` when unknown
 * @param symbol of the currency, put in front, such as `$`
 *
 * @example
 * ```ts
 * formatMoney(1_234_567_000n, 6, 'asset', '$') // '$1,234.56'
 * formatMoney(1n, 6, 'debt') // '<0.01'
 * formatMoney(undefined, 6, 'debt') // '—'
 * ```
 */
export function formatMoney(value: bigint | undefined, decimals: number, side: Side, symbol = ''): string {
  if (value === undefined) return UNKNOWN;
  return withSymbol(orDust(value, decimals, MONEY_DIGITS, roundingOf(side), false), symbol);
}

/**
 * An amount of a token: six significant digits, four when it is below one, and never less than its whole part.
 *
 * @param value in base units; `undefined` when unknown
 * @param symbol of the token, put behind, such as `ETH`
 *
 * @example
 * ```ts
 * formatTokens(1_234_567_891_234_567_891n, 18, 'asset') // '1.23456'
 * formatTokens(1_234_567_891_234_567n, 18, 'debt', 'ETH') // '0.001235 ETH'
 * ```
 */
export function formatTokens(value: bigint | undefined, decimals: number, side: Side, symbol = ''): string {
  if (value === undefined) return UNKNOWN;
  const text = orDust(value, decimals, tokenFractionDigits(value, decimals), roundingOf(side), true);
  return symbol === '' ? text : `${text} ${symbol}`;
}

/**
 * A rate or a share as a percentage with two decimals: what is earned rounds down, what is paid up.
 *
 * @param wad `WAD` is 100 %; `undefined` when unknown
 *
 * @example
 * ```ts
 * formatPercent(52_510_000_000_000_000n, 'debt') // '5.26%'
 * ```
 */
export function formatPercent(wad: bigint | undefined, side: Side): string {
  if (wad === undefined) return UNKNOWN;
  return `${orDust(wad, WAD_DECIMALS - 2, PERCENT_DIGITS, roundingOf(side), false)}%`;
}

/**
 * A health factor, rounded down: below 1 a position can be liquidated.
 *
 * @param wad `WAD` is 1; `'infinite'` without debt; `undefined` when unknown
 *
 * @example
 * ```ts
 * formatHealth(1_099_999_999_999_999_999n) // '1.09'
 * ```
 */
export function formatHealth(wad: bigint | 'infinite' | undefined): string {
  if (wad === undefined) return UNKNOWN;
  if (wad === 'infinite') return '∞';
  return formatDecimal(wad, WAD_DECIMALS, HEALTH_DIGITS, 'down', false);
}

function roundingOf(side: Side): Rounding {
  return side === 'debt' ? 'up' : 'down';
}

/** A value too small to show is neither nothing nor a whole unit of the last digit. */
function orDust(value: bigint, decimals: number, digits: number, rounding: Rounding, trim: boolean): string {
  const size = (value < 0n ? -value : value) * 10n ** BigInt(digits);
  if (value !== 0n && size < 10n ** BigInt(decimals)) {
    const smallest = `0.${'1'.padStart(digits, '0')}`;
    return value < 0n ? `>-${smallest}` : `<${smallest}`;
  }
  return formatDecimal(value, decimals, digits, rounding, trim);
}

function tokenFractionDigits(value: bigint, decimals: number): number {
  const length = (value < 0n ? -value : value).toString().length;
  const wholeDigits = length - decimals;
  const wanted =
    wholeDigits > 0 ? Math.max(0, TOKEN_DIGITS - wholeDigits) : TOKEN_DIGITS_BELOW_ONE - wholeDigits;
  return Math.min(wanted, decimals, TOKEN_FRACTION_LIMIT);
}

function withSymbol(text: string, symbol: string): string {
  return text.replace(/^([<>]?-?)/, `$1${symbol.replaceAll('$', '$$$$')}`);
}
