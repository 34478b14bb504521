import type { TransactionAccess } from '../access/block-access.ts';
import type { StateKey } from '../access/state-key.ts';

/** What an engine takes for a write, and what it leaves out when it looks for conflicts. */
export type ConflictRule = {
  /** `changed`: only what has another value afterwards (engines that compare values). `stored`: any store (engines that compare versions). */
  writes: 'changed' | 'stored';
  /** Whether balances that are only added to or taken from are merged, so that nobody waits for them. */
  mergesBalances: boolean;
  /**
   * `many` (default): an earlier transaction keeps seeing the older value, so that who overwrites what it reads need not wait.
   * `one`: the state is changed in place, and who overwrites a key waits for its earlier readers.
   */
  versions?: 'many' | 'one';
  /** Keys that are taken for conflict-free, as if their variable were sharded. */
  ignores?: (key: StateKey) => boolean;
};

/** Values are compared, balances are merged: what the most forgiving engine does. */
export const FORGIVING: ConflictRule = { writes: 'changed', mergesBalances: true };

/** Any store and any balance counts. */
export const STRICT: ConflictRule = { writes: 'stored', mergesBalances: false };

/** Transactions may run in any order that keeps the edges, one after the other on one state, and leave the same state. */
export const IN_PLACE: ConflictRule = { ...STRICT, versions: 'one' };

/** What a transaction reads and writes under a rule. What it writes, it also reads: a store is priced by the value before. */
export function footprint(transaction: TransactionAccess, rule: ConflictRule): Footprint {
  const counts = (key: StateKey) =>
    !(rule.mergesBalances && transaction.deltas.has(key)) && rule.ignores?.(key) !== true;
  const changed = [...transaction.writes.keys()];
  const stored = rule.writes === 'stored' ? [...transaction.stores] : [];
  const writes = new Set([...changed, ...stored].filter(counts));
  const touches = new Set([...transaction.reads, ...writes].filter(counts));
  return { touches, writes };
}

/** Keys that count under a rule. `touches` contains `writes`. */
export type Footprint = { touches: ReadonlySet<StateKey>; writes: ReadonlySet<StateKey> };
