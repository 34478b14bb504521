import { unitsUp, worthUp } from '@millrace/protocol/market';
import type { Market } from '../market/market.ts';
import { basketOf } from '../position/basket-of.ts';
import type { Position } from '../position/position.ts';
import { toPosition } from '../position/to-position.ts';
import { healthRefusal } from './health-refusal.ts';
import { indexNow } from './index-now.ts';
import { outlookAfter, outlookNow } from './outlook.ts';
import type { Quote, QuoteParameters } from './quote.ts';
import { cashRefusal, entryRefusal, refusal } from './refusal.ts';

export type QuoteBorrowParameters = QuoteParameters & { assets: bigint };
export type QuoteBorrowReturnType = Quote;

/**
 * What borrowing `assets` would do. Pure; the debt is told at most one base unit too high for the block the market was
 * read at, and grows until the transaction is mined.
 */
export function quoteBorrow({ market, position, assets }: QuoteBorrowParameters): QuoteBorrowReturnType {
  const index = indexNow(market);
  const scaled = unitsUp(assets, index);
  const basket = basketOf(market, position);
  const after = toPosition(position, { ...basket, debt: position.debt + worthUp(scaled, index) });
  return {
    before: outlookNow(market, position),
    after: outlookAfter(market, after, { debt: scaled, cash: -assets }),
    refusal: refusalOf(market, assets, after),
  };
}

function refusalOf(market: Market, assets: bigint, after: Position) {
  const { minDebt } = market.parameters;
  if (assets === 0n) return refusal(market, 'ZeroAmount', []);
  if (market.isPaused) return entryRefusal(market);
  if (after.debt < minDebt) return refusal(market, 'DebtTooSmall', [minDebt, after.debt]);
  return healthRefusal(market, after) ?? cashRefusal(market, assets);
}
