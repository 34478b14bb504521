import { least } from '../units/extremes.ts';
import { BPS } from '../units/fixed-point.ts';
import { ratePerSecondToApr } from '../units/rate.ts';
import { grownUp, utilisation, worthDown, worthUp } from './index-math.ts';
import type { Accrual, Terms, Totals } from './state.ts';

/** What a market says of itself (`accrual`, `terms`, `totals`, `parameters().feeBps`). */
export type Books = {
  readonly accrual: Accrual;
  readonly terms: Pick<Terms, 'rate'>;
  readonly totals: Totals;
  readonly feeBps: bigint;
};

/** All debt at `time` (seconds), base units of the asset, rounded up as `Lens.market` does. */
export function computeOwed({ accrual, terms, totals }: Books, time: bigint): bigint {
  return worthUp(totals.debt, grownUp(accrual.index, terms.rate, time - accrual.settledAt));
}

/** Share of the money that is lent out at `time` (wad, rounded down): debt / (debt + cash), 0 without debt. */
export function computeUtilisation(books: Books, time: bigint): bigint {
  return utilisation(computeOwed(books, time), books.totals.cash);
}

/** What borrowers pay a year without compounding (wad). Exact. */
export function computeBorrowApr({ terms }: Books): bigint {
  return ratePerSecondToApr(terms.rate);
}

/**
 * What lenders earn a year without compounding, after the fee (wad, rounded down): the interest on all debt spread over
 * what the shares are worth, never above what borrowers pay. 0 without shares.
 */
export function computeSupplyApr(books: Books, time: bigint): bigint {
  const assets = worthDown(books.totals.shares, books.accrual.price);
  if (assets === 0n) return 0n;
  const borrowApr = computeBorrowApr(books);
  const earned = borrowApr * computeOwed(books, time) * (BPS - books.feeBps);
  return least(earned / (assets * BPS), borrowApr);
}
