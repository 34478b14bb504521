import { computeOwed, computeSupplyApr, computeUtilisation } from '@millrace/protocol/market';
import type { Market } from '../market/market.ts';
import type { Position } from '../position/position.ts';

/** A position and its market, before or after an operation. Amounts are base units of the asset unless said otherwise. */
export type Outlook = {
  readonly position: Position;
  /** What can leave the market. */
  readonly liquid: bigint;
  readonly owed: bigint;
  readonly utilisationWad: bigint;
  /** Until the next checkpoint, which follows the utilisation. */
  readonly borrowAprWad: bigint;
  readonly supplyAprWad: bigint;
};

/** How an operation changes the sums of a market. Shares, scaled debt, base units of the asset. */
export type Change = { readonly shares?: bigint; readonly debt?: bigint; readonly cash?: bigint };

/** What there is now. */
export function outlookNow(market: Market, position: Position): Outlook {
  const { liquid, owed, utilisationWad, borrowAprWad, supplyAprWad } = market;
  return { position, liquid, owed, utilisationWad, borrowAprWad, supplyAprWad };
}

/** What there will be once an operation has changed the sums, in the block the market was read at. */
export function outlookAfter(market: Market, position: Position, change: Change = {}): Outlook {
  const { shares = 0n, debt = 0n, cash = 0n } = change;
  const { accrual, terms, totals, parameters, time } = market;
  const books = {
    accrual,
    terms,
    feeBps: parameters.feeBps,
    totals: { shares: totals.shares + shares, debt: totals.debt + debt, cash: totals.cash + cash },
  };
  return {
    position,
    liquid: market.liquid + cash,
    owed: computeOwed(books, time),
    utilisationWad: computeUtilisation(books, time),
    borrowAprWad: market.borrowAprWad,
    supplyAprWad: computeSupplyApr(books, time),
  };
}
