import type { Address } from 'viem';
import { positionOf } from './baskets.ts';
import type { Draft } from './draft.ts';
import { grownUp, worthUp } from './index-math.ts';
import type { MarketState } from './state.ts';

/** Borrow index now (ray), rounded up: the one function for what debtors owe. */
export function indexNow({ accrual, terms, time }: Pick<Draft, 'accrual' | 'terms' | 'time'>): bigint {
  return grownUp(accrual.index, terms.rate, time - accrual.settledAt);
}

/** The price at which shares are bought now (ray), rounded up. */
export function ceilingNow({ accrual, terms, time }: Pick<Draft, 'accrual' | 'terms' | 'time'>): bigint {
  return grownUp(accrual.price, terms.rate, time - accrual.settledAt);
}

/**
 * What `owner` owes at `time` (base units of the asset), rounded up.
 *
 * @param time seconds
 */
export function debtOf(state: MarketState, owner: Address, time: bigint): bigint {
  return worthUp(positionOf(state, owner).debt, indexNow({ ...state, time }));
}
