import type { Draft } from './draft.ts';
import { refuse } from './refusal.ts';

const LIMIT = 2n ** 127n;

/** Adds to the books of supply and withdrawal of stripe `j`; refuses when a half leaves its 128 bits. */
export function addSupply(m: Draft, j: number, shares: bigint, cash: bigint): void {
  const stripe = stripeAt(m, j);
  const supply = { shares: stripe.supply.shares + shares, cash: stripe.supply.cash + cash };
  requireFits(supply.shares, supply.cash);
  m.stripes[j] = { ...stripe, supply };
}

/** Adds to the books of borrowing and repayment of stripe `j`; `debt` is scaled. */
export function addBorrow(m: Draft, j: number, debt: bigint, cash: bigint): void {
  const stripe = stripeAt(m, j);
  const borrow = { debt: stripe.borrow.debt + debt, cash: stripe.borrow.cash + cash };
  requireFits(borrow.debt, borrow.cash);
  m.stripes[j] = { ...stripe, borrow };
}

function stripeAt(m: Draft, j: number) {
  const stripe = m.stripes[j];
  if (!stripe) throw new RangeError(`There is no stripe ${j}.`);
  return stripe;
}

function requireFits(low: bigint, high: bigint): void {
  if (low < -LIMIT || low >= LIMIT || high < -LIMIT || high >= LIMIT) refuse('StripeOverflow', low, high);
}
