import type { Address } from 'viem';
import { indexNow } from './accrual.ts';
import { requireFits128 } from './amounts.ts';
import { positionOf, requireHealthy, setDebt } from './baskets.ts';
import { runSettle } from './checkpoint.ts';
import { type Draft, operation } from './draft.ts';
import { unitsUp, worthUp } from './index-math.ts';
import { requireGate, requireNotPaused, requireScope, SCOPE } from './permissions.ts';
import { refuse } from './refusal.ts';
import { bookStripe, NO_ROUTE } from './route.ts';
import { addBorrow } from './stripes.ts';
import { ASSET, send } from './tills.ts';

/** The most scaled debt of one position. */
const MOST_DEBT = 2n ** 120n - 1n;

export type BorrowArguments = {
  /** Base units of the asset. */
  readonly assets: bigint;
  readonly receiver: Address;
  readonly owner: Address;
  /** See `encodeRoute`. Default: the owner's own till, then a scan. */
  readonly route?: bigint | undefined;
};
/** `scaled` is what the position's debt grew by, in units of the borrow index. */
export type BorrowResult = { readonly scaled: bigint };

/** Inside a transaction; see {@link borrow}. */
export function runBorrow(m: Draft, sender: Address, args: BorrowArguments): BorrowResult {
  const { assets, receiver, owner, route = NO_ROUTE } = args;
  requireScope(m, sender, owner, SCOPE.borrow);
  if (assets === 0n) refuse('ZeroAmount');
  requireFits128(assets);
  runSettle(m);
  requireNotPaused(m);
  requireGate(m, owner, 'borrow');
  const index = indexNow(m);
  const scaled = unitsUp(assets, index);
  const debt = positionOf(m, owner).debt + scaled;
  if (debt > MOST_DEBT) refuse('AmountTooLarge', MOST_DEBT, debt);
  setDebt(m, owner, debt);
  const owed = worthUp(debt, index);
  if (owed < m.config.minDebt) refuse('DebtTooSmall', m.config.minDebt, owed);
  const stripe = bookStripe(m.config, route, owner);
  addBorrow(m, stripe, scaled, -assets);
  requireHealthy(m, owner, index);
  send(m, ASSET, receiver, assets, route, stripe);
  m.used = true;
  return { scaled };
}

/** Borrows exactly `assets`; the debt is rounded up. The position must carry it at the bid and the borrowing loan-to-value. */
export const borrow = operation(runBorrow);
