import { formatHealth, formatTokens, WAD } from '@millrace/protocol';
import type { Colors } from '../terminal/colors.ts';
import { renderTable } from '../terminal/table.ts';
import { healthOf, liquidationPriceOf, type PositionFigures } from './position-figures.ts';
import { formatPrice } from './prices.ts';

const SAFE = (WAD * 3n) / 2n;
const CLOSE = (WAD * 11n) / 10n;

/** Health for people, with a warning colour when it is close to 1. */
export function paintHealth(health: bigint | 'infinite' | undefined, colors: Colors): string {
  const text = formatHealth(health);
  if (health === undefined || health === 'infinite') return text;
  if (health < CLOSE) return colors.red(text);
  return health < SAFE ? colors.yellow(text) : colors.green(text);
}

/** A position before and after, a figure a line; figures that are nothing in both are left out. */
export function renderChange(before: PositionFigures, after: PositionFigures, colors: Colors): string {
  const { symbol, decimals } = before.asset;
  const rows: string[][] = [];
  const add = (name: string, from: string, to: string) => {
    rows.push([name, from, from === to ? '' : '→', from === to ? '' : to]);
  };
  if (before.supplied !== 0n || after.supplied !== 0n) {
    const text = (each: PositionFigures) => formatTokens(each.supplied, decimals, 'asset', symbol);
    add('supplied', text(before), text(after));
  }
  for (const [i, { token, amount }] of before.holdings.entries()) {
    const next = after.holdings[i]?.amount ?? 0n;
    if (amount === 0n && next === 0n) continue;
    const text = (value: bigint) => formatTokens(value, token.decimals, 'asset', token.symbol);
    add('collateral', text(amount), text(next));
  }
  if (before.debt !== 0n || after.debt !== 0n) {
    const text = (each: PositionFigures) => formatTokens(each.debt, decimals, 'debt', symbol);
    add('debt', text(before), text(after));
  }
  add('health', paintHealth(healthOf(before), colors), paintHealth(healthOf(after), colors));
  for (const [i, { token }] of before.holdings.entries()) {
    const [from, to] = [liquidationPriceOf(before, i), liquidationPriceOf(after, i)];
    if (from === undefined && to === undefined) continue;
    add(
      `liquidated at ${token.symbol}`,
      formatPrice(from, token, before.asset),
      formatPrice(to, token, before.asset),
    );
  }
  return renderTable(
    [{ title: '' }, { title: 'before', align: 'right' }, { title: '' }, { title: 'after', align: 'right' }],
    rows,
    colors.dim,
  );
}
