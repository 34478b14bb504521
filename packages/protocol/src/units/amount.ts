import { InvalidAmountError } from '../errors/invalid-amount-error.ts';

/**
 * Reads a decimal number, as people type it, into base units. Exact: it never rounds.
 *
 * @param text digits with at most one point; spaces around it are ignored
 * @param decimals of the token
 * @throws {@link InvalidAmountError} when it is no plain decimal number, or is finer than the token.
 *
 * @example
 * ```ts
 * parseAmount('1.5', 6) // 1_500_000n
 * ```
 */
export function parseAmount(text: string, decimals: number): bigint {
  const trimmed = text.trim();
  const match = /^(\d*)(?:\.(\d*))?$/.exec(trimmed);
  const whole = match?.[1] ?? '';
  const fraction = match?.[2] ?? '';
  if (!match || (whole === '' && fraction === '')) {
    throw new InvalidAmountError(
      text,
      reasonFor(trimmed),
      'Write digits and at most one point, such as 1250.5.',
    );
  }
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > decimals) {
    const reason = `it has ${significant.length} decimals, and this token has ${decimals}`;
    throw new InvalidAmountError(text, reason, `Use at most ${decimals} decimals.`);
  }
  return BigInt(whole + significant.padEnd(decimals, '0'));
}

/**
 * The exact decimal form of an amount, without separators or trailing zeros: what {@link parseAmount} reads. For
 * people, see `formatTokens` and `formatMoney`.
 *
 * @example
 * ```ts
 * formatAmount(1_500_000n, 6) // '1.5'
 * ```
 */
export function formatAmount(baseUnits: bigint, decimals: number): string {
  const sign = baseUnits < 0n ? '-' : '';
  const digits = (baseUnits < 0n ? -baseUnits : baseUnits).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

function reasonFor(text: string): string {
  if (text === '') return 'it is empty';
  if (text.startsWith('-')) return 'it is negative';
  if (/^\d[\d.]*,[\d.,]*$/.test(text))
    return 'a comma is read as a decimal point by some and as a separator by others';
  if (/^\d*\.?\d*e[+-]?\d+$/i.test(text)) return 'it is written with an exponent';
  return 'it is not a plain decimal number';
}
