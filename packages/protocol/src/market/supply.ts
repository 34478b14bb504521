import { type Address, zeroAddress } from 'viem';
import { ceilingNow } from './accrual.ts';
import { runSettle } from './checkpoint.ts';
import { type Draft, lower, operation } from './draft.ts';
import { MIN_PRICE, unitsDown, worthUp } from './index-math.ts';
import { payerOf, requireGate, requireNotPaused } from './permissions.ts';
import { refuse } from './refusal.ts';
import { bookStripe, NO_ROUTE } from './route.ts';
import { credit } from './shares.ts';
import { addSupply } from './stripes.ts';
import { ASSET, NO_LIMIT, pull } from './tills.ts';

/** The most assets of one deposit (base units). */
const MOST = 2n ** 112n - 1n;

export type SupplyArguments = {
  /** Base units of the asset. */
  readonly assets: bigint;
  readonly owner: Address;
  /** See `encodeRoute`. Default: the owner's own till. */
  readonly route?: bigint | undefined;
};
export type SupplyResult = { readonly shares: bigint };

/** Inside a transaction; see {@link supply}. */
export function runSupply(
  m: Draft,
  sender: Address,
  { assets, owner, route }: SupplyArguments,
): SupplyResult {
  const ceiling = open(m, owner);
  const shares = boughtFor(assets, ceiling);
  enter(m, sender, owner, assets, shares, route ?? NO_ROUTE);
  return { shares };
}

/** Buys shares at the ceiling, price · (1 + rate · time since the checkpoint), rounded down. `deposit` is this without a route. */
export const supply = operation(runSupply);

export type MintArguments = { readonly shares: bigint; readonly owner: Address };
export type MintResult = { readonly assets: bigint };

/** Inside a transaction; see {@link mint}. */
export function runMint(m: Draft, sender: Address, { shares, owner }: MintArguments): MintResult {
  const ceiling = open(m, owner);
  if (shares === 0n) refuse('ZeroAmount');
  const assets = priceOf(shares, ceiling);
  enter(m, sender, owner, assets, shares, NO_ROUTE);
  return { assets };
}

/** Buys exactly `shares` at the ceiling; what they cost is rounded up. */
export const mint = operation(runMint);

/** Whether anyone may buy now, and at what price (ray). */
function open(m: Draft, owner: Address): bigint {
  runSettle(m);
  const { price } = m.accrual;
  requireNotPaused(m);
  if (price < MIN_PRICE) refuse('SupplyClosed', MIN_PRICE, price);
  if (lower(owner) === zeroAddress) refuse('ZeroAddress');
  requireGate(m, owner, 'supply');
  return ceilingNow(m);
}

function boughtFor(assets: bigint, ceiling: bigint): bigint {
  if (assets === 0n) refuse('ZeroAmount');
  if (assets > MOST) refuse('AmountTooLarge', MOST, assets);
  const shares = unitsDown(assets, ceiling);
  if (shares === 0n) refuse('AmountTooSmall', assets);
  return shares;
}

function priceOf(shares: bigint, ceiling: bigint): bigint {
  if (shares > MOST * 1000n) refuse('AmountTooLarge', MOST * 1000n, shares);
  const assets = worthUp(shares, ceiling);
  if (assets > MOST) refuse('AmountTooLarge', MOST, assets);
  return assets;
}

function enter(
  m: Draft,
  sender: Address,
  owner: Address,
  assets: bigint,
  shares: bigint,
  route: bigint,
): void {
  const payer = payerOf(m, sender, route, owner);
  const stripe = bookStripe(m.config, route, owner);
  addSupply(m, stripe, shares, assets);
  credit(m, owner, shares);
  pull(m, ASSET, payer, assets, route, stripe, NO_LIMIT);
  m.used = true;
}
