import { type Address, zeroAddress } from 'viem';
import { type Draft, lower, operation } from './draft.ts';
import { requireGate, spendAllowance } from './permissions.ts';
import { refuse } from './refusal.ts';
import type { MarketState } from './state.ts';

/** Shares of an owner. */
export function sharesOf({ shares }: Pick<MarketState, 'shares'>, owner: Address): bigint {
  return shares.get(lower(owner)) ?? 0n;
}

/** Adds shares to an owner's balance; the stripes are booked apart. */
export function credit(m: Draft, owner: Address, value: bigint): void {
  m.shares.set(lower(owner), sharesOf(m, owner) + value);
}

/** Takes shares from an owner's balance; the stripes are booked apart. */
export function debit(m: Draft, owner: Address, value: bigint): void {
  const balance = sharesOf(m, owner);
  if (balance < value) refuse('InsufficientShares', value, balance);
  m.shares.set(lower(owner), balance - value);
}

export type TransferArguments = { readonly to: Address; readonly value: bigint };

/** Inside a transaction; see {@link transfer}. */
export function runTransfer(m: Draft, sender: Address, { to, value }: TransferArguments): boolean {
  return move(m, sender, to, value);
}

/** Moves the caller's shares. */
export const transfer = operation(runTransfer);

export type TransferFromArguments = TransferArguments & { readonly from: Address };

/** Inside a transaction; see {@link transferFrom}. */
export function runTransferFrom(m: Draft, sender: Address, args: TransferFromArguments): boolean {
  spendAllowance(m, sender, args.from, args.value);
  return move(m, args.from, args.to, args.value);
}

/** Moves shares of somebody who allowed it. */
export const transferFrom = operation(runTransferFrom);

function move(m: Draft, from: Address, to: Address, value: bigint): boolean {
  if (lower(to) === zeroAddress) refuse('ZeroAddress');
  requireGate(m, to, 'hold');
  debit(m, from, value);
  credit(m, to, value);
  return true;
}
