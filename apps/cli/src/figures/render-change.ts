import { formatTokens } from '@millrace/protocol';
import type { Market, Position } from '@millrace/sdk';
import type { Colors } from '../terminal/colors.ts';
import { renderTable } from '../terminal/table.ts';
import { paintHealth } from './health.ts';
import { formatPrice } from './prices.ts';

/** A position before and after, a figure a line; what is nothing in both is left out. */
export function renderChange(market: Market, before: Position, after: Position, colors: Colors): string {
  const { symbol, decimals } = market.asset;
  const rows: string[][] = [];
  const add = (name: string, from: string, to: string) => {
    rows.push([name, from, from === to ? '' : '→', from === to ? '' : to]);
  };
  if (before.supplied !== 0n || after.supplied !== 0n) {
    const text = ({ supplied }: Position) => formatTokens(supplied, decimals, 'asset', symbol);
    add('supplied', text(before), text(after));
  }
  for (const { index, token } of market.collaterals) {
    const [from, to] = [before.collaterals[index]?.amount ?? 0n, after.collaterals[index]?.amount ?? 0n];
    if (from === 0n && to === 0n) continue;
    const text = (amount: bigint) => formatTokens(amount, token.decimals, 'asset', token.symbol);
    add('collateral', text(from), text(to));
  }
  if (before.debt !== 0n || after.debt !== 0n) {
    const text = ({ debt }: Position) => formatTokens(debt, decimals, 'debt', symbol);
    add('debt', text(before), text(after));
  }
  add('health', paintHealth(before, colors), paintHealth(after, colors));
  for (const { index, token } of market.collaterals) {
    const from = liquidationPriceOf(before, index);
    const to = liquidationPriceOf(after, index);
    if (from === undefined && to === undefined) continue;
    const text = (price: bigint | undefined) => formatPrice(price, token, market.asset);
    add(`liquidated if ${token.symbol} is below`, text(from), text(to));
  }
  return renderTable(
    [{ title: '' }, { title: 'before', align: 'right' }, { title: '' }, { title: 'after', align: 'right' }],
    rows,
    colors.dim,
  );
}

/** Scaled by 1e36; `undefined` when no price of this collateral brings liquidation on. */
export function liquidationPriceOf(position: Position, index: number): bigint | undefined {
  if (position.debt === 0n) return undefined;
  return position.collaterals[index]?.liquidationPrice || undefined;
}
