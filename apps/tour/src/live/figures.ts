import { formatMoney } from '@millrace/protocol';

const USD_DECIMALS = 6;
const SCALES = [
  { above: 10n ** 12n, digits: 6, letter: 'M' },
  { above: 10n ** 10n, digits: 3, letter: 'k' },
] as const;

/** Dollars in few characters: `$38.22M`, `$829.69k`, `$1,234.56`. Rounded up when owed, down when owned. */
export function shortMoney(amount: bigint, side: 'asset' | 'debt'): string {
  const scale = SCALES.find(({ above }) => amount >= above);
  if (scale === undefined) return formatMoney(amount, USD_DECIMALS, side, '$');
  return `${formatMoney(amount, USD_DECIMALS + scale.digits, side, '$')}${scale.letter}`;
}

/** `12 Mar 2020 10:30`, universal time. @param unix seconds */
export function dateOf(unix: bigint, style: 'full' | 'day' | 'short' = 'full'): string {
  const date = new Date(Number(unix) * 1000);
  const month = date.toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' });
  const day = `${String(date.getUTCDate()).padStart(2, ' ')} ${month}`;
  if (style === 'day') return day;
  const time = date.toISOString().slice(11, 16);
  return style === 'short' ? `${day} ${time}` : `${day} ${date.getUTCFullYear()} ${time}`;
}

/** An address in few characters. */
export function shortAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}
