import type { Address } from 'viem';
import { MOST_128 } from './amounts.ts';
import { collateralAt, held, positionOf, quoteOf, setHeld } from './baskets.ts';
import { type Draft, operation } from './draft.ts';
import { hasScope, payerOf, SCOPE } from './permissions.ts';
import { refuse } from './refusal.ts';
import { bookStripe, NO_ROUTE } from './route.ts';
import { pull } from './tills.ts';

export type SupplyCollateralArguments = {
  /** The number of the collateral. */
  readonly index: number;
  /** Base units of the collateral. */
  readonly amount: bigint;
  readonly owner: Address;
  /** See `encodeRoute`. Each till accepts `cap / L`. Default: the owner's own till. */
  readonly route?: bigint | undefined;
};

/** Inside a transaction; see {@link supplyCollateral}. */
export function runSupplyCollateral(m: Draft, sender: Address, args: SupplyCollateralArguments): void {
  const { index, amount, owner, route = NO_ROUTE } = args;
  const before = addCollateral(m, sender, args);
  const payer = payerOf(m, sender, route, owner);
  const stripe = bookStripe(m.config, route, owner);
  const most = collateralAt(m, index).cap / BigInt(m.config.stripes);
  setHeld(m, owner, index, before + amount);
  const fullest = pull(m, index + 1, payer, amount, route, stripe, most);
  if (fullest > most) refuse('CapExceeded', BigInt(index), most, fullest);
}

/** Adds collateral to a position. */
export const supplyCollateral = operation(runSupplyCollateral);

/** What was held before; refuses what may not be added. */
function addCollateral(m: Draft, sender: Address, args: SupplyCollateralArguments): bigint {
  const { index, amount, owner } = args;
  collateralAt(m, index);
  const before = held(positionOf(m, owner), index);
  if (before === 0n) admitKind(m, sender, owner, index);
  if (amount === 0n) refuse('ZeroAmount');
  if (before + amount > MOST_128) refuse('AmountTooLarge', MOST_128, amount);
  return before;
}

/** Nobody else may add a kind to a position, and none without a price: it would make every later check dearer. */
function admitKind(m: Draft, sender: Address, owner: Address, index: number): void {
  if (!hasScope(m, sender, owner, SCOPE.collateral)) {
    refuse('NewCollateralKind', BigInt(index), owner, sender);
  }
  if (positionOf(m, owner).debt === 0n) return;
  const { oracle } = collateralAt(m, index);
  if (quoteOf(m, index).ask === 0n) refuse('PriceUnavailable', BigInt(index), oracle);
}
