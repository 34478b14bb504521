import type { Address } from 'viem';
import { indexNow } from './accrual.ts';
import { positionOf, setDebt } from './baskets.ts';
import { type Draft, operation } from './draft.ts';
import { clamp } from './index-math.ts';
import { payerOf } from './permissions.ts';
import { refuse } from './refusal.ts';
import { bookStripe, NO_ROUTE } from './route.ts';
import { addBorrow } from './stripes.ts';
import { ASSET, NO_LIMIT, pull } from './tills.ts';

export type RepayArguments = {
  /** Base units of the asset; more than the debt repays all of it. */
  readonly assets: bigint;
  readonly owner: Address;
  /** See `encodeRoute`. Default: the owner's own till. */
  readonly route?: bigint | undefined;
};
/** What was pulled (base units), and the scaled debt it settled. */
export type RepayResult = { readonly repaid: bigint; readonly scaled: bigint };

/** Inside a transaction; see {@link repay}. */
export function runRepay(m: Draft, sender: Address, args: RepayArguments): RepayResult {
  const { assets, owner, route = NO_ROUTE } = args;
  if (assets === 0n) refuse('ZeroAmount');
  const { debt } = positionOf(m, owner);
  if (debt === 0n) refuse('NoDebt', owner);
  const { repaid, scaled } = clamp(assets, debt, indexNow(m));
  if (scaled === 0n) refuse('AmountTooSmall', assets);
  setDebt(m, owner, debt - scaled);
  const payer = payerOf(m, sender, route, owner);
  const stripe = bookStripe(m.config, route, owner);
  addBorrow(m, stripe, -scaled, repaid);
  pull(m, ASSET, payer, repaid, route, stripe, NO_LIMIT);
  m.used = true;
  return { repaid, scaled };
}

/** Repays at most `assets`, clamped to the debt. Needs neither an oracle nor a checkpoint. */
export const repay = operation(runRepay);
