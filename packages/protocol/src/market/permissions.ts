import type { Address } from 'viem';
import type { Action } from './config.ts';
import { type Draft, lower, operation } from './draft.ts';
import { refuse } from './refusal.ts';
import { ownerPays } from './route.ts';

/** What an operator may do for an owner, as bits. */
export const SCOPE = { withdraw: 1n, borrow: 2n, collateral: 4n, pay: 8n, all: 15n } as const;

const UNLIMITED = 2n ** 256n - 1n;
const ACTIONS: readonly Action[] = ['supply', 'hold', 'borrow', 'liquidate'];

/** The key of what `owner` granted to `other`. */
function pair(owner: Address, other: Address): string {
  return `${lower(owner)}:${lower(other)}`;
}

/** Whether `sender` is the owner, or an operator of the owner within scope and time. */
export function hasScope(m: Draft, sender: Address, owner: Address, scope: bigint): boolean {
  if (lower(owner) === sender) return true;
  const grant = m.grants.get(pair(owner, sender));
  return grant !== undefined && (grant.scope & scope) === scope && m.time <= grant.expiry;
}

/** Refuses unless `sender` may act for `owner`. */
export function requireScope(m: Draft, sender: Address, owner: Address, scope: bigint): void {
  if (!hasScope(m, sender, owner, scope)) refuse('NotAuthorised', owner, sender, scope);
}

/** Whose tokens are pulled: the caller's, or the owner's whom the caller may pay for. */
export function payerOf(m: Draft, sender: Address, route: bigint, owner: Address): Address {
  if (!ownerPays(route)) return sender;
  requireScope(m, sender, owner, SCOPE.pay);
  return owner;
}

/** Whether the gate, if any, lets `account` do this. */
export function gateAllows({ config }: Draft, account: Address, action: Action): boolean {
  return config.gate?.(lower(account), action) ?? true;
}

/** Refuses what the gate does not allow. */
export function requireGate(m: Draft, account: Address, action: Action): void {
  if (!gateAllows(m, account, action)) refuse('GateRefused', account, BigInt(ACTIONS.indexOf(action)));
}

/** Refuses new supply and borrowing while the guardian's pause lasts. */
export function requireNotPaused({ time, terms }: Draft): void {
  if (time < terms.pausedUntil) refuse('Paused', terms.pausedUntil);
}

/** Uses up an allowance of shares, unless the owner spends or it is unlimited. */
export function spendAllowance(m: Draft, sender: Address, owner: Address, value: bigint): void {
  if (lower(owner) === sender) return;
  const allowed = m.allowances.get(pair(owner, sender)) ?? 0n;
  if (allowed === UNLIMITED) return;
  if (allowed < value) refuse('InsufficientAllowance', value, allowed);
  m.allowances.set(pair(owner, sender), allowed - value);
}

export type ApproveArguments = { readonly spender: Address; readonly value: bigint };

/** Inside a transaction; see {@link approve}. */
export function runApprove(m: Draft, sender: Address, { spender, value }: ApproveArguments): boolean {
  m.allowances.set(pair(sender, spender), value);
  return true;
}

/** Lets `spender` move the caller's shares. */
export const approve = operation(runApprove);

export type SetOperatorArguments = {
  readonly operator: Address;
  readonly scope: bigint;
  /** Seconds; the operator may still act at this very time. */
  readonly expiry: bigint;
};

/** Inside a transaction; see {@link setOperator}. */
export function runSetOperator(m: Draft, sender: Address, args: SetOperatorArguments): void {
  if (args.scope > SCOPE.all) refuse('BadConfig', toBytes32('scope'), args.scope);
  if (args.expiry >= 2n ** 64n) refuse('BadConfig', toBytes32('expiry'), args.expiry);
  m.grants.set(pair(sender, args.operator), {
    scope: args.scope,
    expiry: args.scope === 0n ? 0n : args.expiry,
  });
}

/** Lets an operator act for the caller; a scope of 0 takes every right away. */
export const setOperator = operation(runSetOperator);

function toBytes32(text: string): Address {
  const hex = [...text].map((letter) => letter.charCodeAt(0).toString(16)).join('');
  return `0x${hex.padEnd(64, '0')}`;
}
