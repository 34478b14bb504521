import type { Address } from 'viem';
import { MarketRefusedError, type Refusal } from './refusal.ts';
import type { Accrual, Grant, MarketState, Position, Quote, Stripe, Terms } from './state.ts';

/** Who calls and when; `used` is whether the market was already used in this transaction (its transient flag). */
export type Transaction = {
  readonly sender: Address;
  /** Timestamp of the block, seconds. */
  readonly time: bigint;
  readonly used?: boolean | undefined;
};

/** What an operation comes to: the next state and its result, or why it was refused and nothing changed. */
export type Outcome<Result> =
  | { readonly ok: true; readonly state: MarketState; readonly used: boolean; readonly result: Result }
  | { readonly ok: false; readonly refusal: Refusal };

/** A state that one transaction is writing, with what the chain knows during it. */
export type Draft = {
  readonly config: MarketState['config'];
  readonly time: bigint;
  used: boolean;
  accrual: Accrual;
  terms: Terms;
  readonly stripes: Stripe[];
  readonly shares: Map<Address, bigint>;
  readonly positions: Map<Address, Position>;
  readonly allowances: Map<string, bigint>;
  readonly grants: Map<string, Grant>;
  readonly tills: bigint[][];
  readonly wallets: Map<Address, bigint>[];
  coverAllowance: bigint;
  readonly quotes: Quote[];
  level: bigint;
};

/** One operation as it runs inside a transaction. */
export type Run<Arguments, Result> = (m: Draft, sender: Address, args: Arguments) => Result;

/**
 * Turns what runs inside a transaction into a pure function of a state. All or nothing: a refusal leaves the state as
 * it was.
 */
export function operation<Arguments, Result>(run: Run<Arguments, Result>) {
  return (state: MarketState, transaction: Transaction, args: Arguments): Outcome<Result> => {
    const draft = toDraft(state, transaction);
    try {
      const result = run(draft, lower(transaction.sender), args);
      const { time: _, used, ...next } = draft;
      return { ok: true, state: next, used, result };
    } catch (error) {
      if (error instanceof MarketRefusedError) return { ok: false, refusal: error.refusal };
      throw error;
    }
  };
}

/** The one spelling of an address that maps are keyed by. */
export function lower(address: Address): Address {
  return address.toLowerCase() as Address;
}

function toDraft(state: MarketState, { time, used = false }: Transaction): Draft {
  return {
    config: state.config,
    time,
    used,
    accrual: state.accrual,
    terms: state.terms,
    stripes: [...state.stripes],
    shares: new Map(state.shares),
    positions: new Map(state.positions),
    allowances: new Map(state.allowances),
    grants: new Map(state.grants),
    tills: state.tills.map((balances) => [...balances]),
    wallets: state.wallets.map((balances) => new Map(balances)),
    coverAllowance: state.coverAllowance,
    quotes: [...state.quotes],
    level: state.level,
  };
}
