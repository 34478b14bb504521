/**
 * A replacer for `JSON.stringify`: JSON has no integers of any size, so amounts (`bigint`) travel as decimal strings.
 *
 * @example
 * ```ts
 * JSON.stringify({ due: 10n ** 18n }, amountsAsText) // '{"due":"1000000000000000000"}'
 * ```
 */
export function amountsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
