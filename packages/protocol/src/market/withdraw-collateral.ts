import type { Address } from 'viem';
import { indexNow } from './accrual.ts';
import { collateralAt, held, positionOf, requireHealthy, setHeld } from './baskets.ts';
import { runSettle } from './checkpoint.ts';
import { type Draft, operation } from './draft.ts';
import { requireScope, SCOPE } from './permissions.ts';
import { refuse } from './refusal.ts';
import { bookStripe, NO_ROUTE } from './route.ts';
import { send } from './tills.ts';

export type WithdrawCollateralArguments = {
  /** The number of the collateral. */
  readonly index: number;
  /** Base units of the collateral. */
  readonly amount: bigint;
  readonly receiver: Address;
  readonly owner: Address;
  /** See `encodeRoute`. Default: the owner's own till, then a scan. */
  readonly route?: bigint | undefined;
};

/** Inside a transaction; see {@link withdrawCollateral}. */
export function runWithdrawCollateral(m: Draft, sender: Address, args: WithdrawCollateralArguments): void {
  const { index, amount, receiver, owner, route = NO_ROUTE } = args;
  requireScope(m, sender, owner, SCOPE.collateral);
  if (amount === 0n) refuse('ZeroAmount');
  collateralAt(m, index);
  const p = positionOf(m, owner);
  const before = held(p, index);
  if (before < amount) refuse('InsufficientCollateral', amount, before);
  setHeld(m, owner, index, before - amount);
  if (p.debt !== 0n) {
    runSettle(m);
    requireHealthy(m, owner, indexNow(m));
  }
  send(m, index + 1, receiver, amount, route, bookStripe(m.config, route, owner));
}

/** Takes collateral out; with debt, the rest must carry it at the bid and the borrowing loan-to-value. */
export const withdrawCollateral = operation(runWithdrawCollateral);
