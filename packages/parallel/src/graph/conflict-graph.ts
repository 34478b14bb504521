import type { TransactionAccess } from '../access/block-access.ts';
import type { StateKey } from '../access/state-key.ts';
import { type ConflictRule, FORGIVING, type Footprint, footprint } from './conflict-rule.ts';

/** A transaction that needs the outcome of an earlier one. */
export type ConflictEdge = {
  /** Index of the earlier transaction. */
  from: number;
  /** Index of the one that waits. */
  to: number;
  /** Where they meet: `from` is the last before `to` that wrote them. */
  keys: readonly StateKey[];
};

/** Who waits for whom in one block. */
export type ConflictGraph = {
  /** Gas of each transaction, by index. */
  gas: readonly number[];
  footprints: readonly Footprint[];
  /** By the index of who waits, then of whom for. */
  edges: readonly ConflictEdge[];
  /** By index, the edges that end there. */
  waitsFor: readonly (readonly ConflictEdge[])[];
};

/**
 * The conflict graph of a block: an edge for each transaction and each earlier one that was the last to write a key which
 * it reads or writes. That a later transaction overwrites what an earlier one reads is no conflict: engines with several
 * versions of a key let the earlier one see the older. Linear in the keys touched.
 *
 * @param transactions of one block, in its order
 * @example
 * ```ts
 * const { transactions } = await source.readBlock(1234n)
 * const graph = buildConflictGraph(transactions)
 * graph.edges.length // 0: everybody could run at once
 * ```
 */
export function buildConflictGraph(
  transactions: readonly TransactionAccess[],
  rule: ConflictRule = FORGIVING,
): ConflictGraph {
  const footprints = transactions.map((transaction) => footprint(transaction, rule));
  const lastWriter = new Map<StateKey, number>();
  const readersSince = new Map<StateKey, number[]>();
  const waitsFor = footprints.map(({ touches, writes }, to) => {
    const met = new Map<number, StateKey[]>();
    const meet = (from: number, key: StateKey) => {
      const keys = met.get(from);
      if (keys) keys.push(key);
      else met.set(from, [key]);
    };
    for (const key of touches) {
      const readers = readersSince.get(key) ?? [];
      if (rule.versions === 'one' && writes.has(key)) for (const from of readers) meet(from, key);
      const from = lastWriter.get(key);
      if (from !== undefined) meet(from, key);
    }
    for (const key of touches) {
      if (writes.has(key)) {
        lastWriter.set(key, to);
        readersSince.set(key, []);
      } else if (rule.versions === 'one') readersSince.get(key)?.push(to) ?? readersSince.set(key, [to]);
    }
    return [...met].sort(([a], [b]) => a - b).map(([from, keys]) => ({ from, to, keys }));
  });
  return { gas: transactions.map(({ gas }) => gas), footprints, edges: waitsFor.flat(), waitsFor };
}

/** By index, the transactions that each one waits for. */
export function predecessorsOf(graph: ConflictGraph): number[][] {
  return graph.waitsFor.map((edges) => edges.map(({ from }) => from));
}
