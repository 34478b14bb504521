import type { Address } from 'viem';
import { requireFits128 } from './amounts.ts';
import { runSettle } from './checkpoint.ts';
import { type Draft, operation } from './draft.ts';
import { unitsUp, worthDown } from './index-math.ts';
import { hasScope, SCOPE, spendAllowance } from './permissions.ts';
import { refuse } from './refusal.ts';
import { bookStripe, NO_ROUTE } from './route.ts';
import { debit } from './shares.ts';
import { addSupply } from './stripes.ts';
import { ASSET, send } from './tills.ts';

type Exit = {
  readonly receiver: Address;
  readonly owner: Address;
  /** See `encodeRoute`. Default: the owner's own till, then a scan. */
  readonly route?: bigint | undefined;
};

export type WithdrawArguments = Exit & {
  /** Base units of the asset. */
  readonly assets: bigint;
};
export type WithdrawResult = { readonly shares: bigint };

/** Inside a transaction; see {@link withdraw}. */
export function runWithdraw(m: Draft, sender: Address, args: WithdrawArguments): WithdrawResult {
  runSettle(m);
  const shares = soldFor(args.assets, m.accrual.price);
  exit(m, sender, args, args.assets, shares);
  return { shares };
}

/** Sells shares for exactly `assets` at the settled price, rounded up. */
export const withdraw = operation(runWithdraw);

export type RedeemArguments = Exit & { readonly shares: bigint };
export type RedeemResult = { readonly assets: bigint };

/** Inside a transaction; see {@link redeem}. */
export function runRedeem(m: Draft, sender: Address, args: RedeemArguments): RedeemResult {
  runSettle(m);
  if (args.shares === 0n) refuse('ZeroAmount');
  requireFits128(args.shares);
  const assets = worthDown(args.shares, m.accrual.price);
  exit(m, sender, args, assets, args.shares);
  return { assets };
}

/** Sells exactly `shares` at the settled price; assets are rounded down. */
export const redeem = operation(runRedeem);

function soldFor(assets: bigint, price: bigint): bigint {
  if (assets === 0n) refuse('ZeroAmount');
  if (price === 0n) refuse('AmountTooLarge', 0n, assets);
  requireFits128(assets);
  return unitsUp(assets, price);
}

function exit(m: Draft, sender: Address, to: Exit, assets: bigint, shares: bigint): void {
  const { owner, receiver, route = NO_ROUTE } = to;
  if (!hasScope(m, sender, owner, SCOPE.withdraw)) spendAllowance(m, sender, owner, shares);
  const stripe = bookStripe(m.config, route, owner);
  addSupply(m, stripe, -shares, -assets);
  debit(m, owner, shares);
  send(m, ASSET, receiver, assets, route, stripe);
  m.used = true;
}
