import { BPS, least, mulDivDown, mulDivUp, WAD } from '@millrace/protocol';
import { PRICE_SCALE } from '@millrace/protocol/market';
import type { Market, Position } from '@millrace/sdk';

/** How long a transaction may take to be mined: interest of this time is left room for. */
const PATIENCE_SECONDS = 600n;

/** What a debt may have become when the transaction is mined, rounded up. */
export function debtSoon(market: Market, debt: bigint): bigint {
  return debt + mulDivUp(debt, market.terms.rate * PATIENCE_SECONDS, WAD);
}

/** The most that can be borrowed such that the position still carries it when the transaction is mined. */
export function mostToBorrow(market: Market, { capacity, debt }: Position): bigint {
  const growth = WAD + market.terms.rate * PATIENCE_SECONDS;
  const carried = mulDivDown(capacity, WAD, growth);
  const room = carried > debt ? carried - debt : 0n;
  return least(room, market.liquid);
}

/** The most of collateral `index` that can be taken out such that the rest still carries the debt. */
export function mostToRemove(market: Market, position: Position, index: number): bigint {
  const held = position.collaterals[index];
  const terms = market.collaterals[index];
  if (held === undefined || terms === undefined) return 0n;
  if (position.debt === 0n) return held.amount;
  const spare = position.capacity - debtSoon(market, position.debt) - 1n;
  if (spare <= 0n || held.bid === 0n) return 0n;
  const value = mulDivDown(spare, BPS, terms.borrowLtvBps);
  const amount = mulDivDown(value, PRICE_SCALE, held.bid);
  return least(amount, held.amount);
}
