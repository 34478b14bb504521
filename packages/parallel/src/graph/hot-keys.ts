import type { StateKey } from '../access/state-key.ts';
import type { ConflictGraph } from './conflict-graph.ts';

/** How many transactions of a block touch a key, and how many wait because of it. */
export type HotKey = {
  key: StateKey;
  /** Transactions that read or write it. */
  touched: number;
  /** Transactions that write it. */
  written: number;
  /** Transactions that wait for another one at it. */
  waiting: number;
};

/** Every key at which somebody waits, the worst first. */
export function findHotKeys(graph: ConflictGraph): HotKey[] {
  const waiting = new Map<StateKey, number>();
  for (const { keys } of graph.edges) for (const key of keys) waiting.set(key, (waiting.get(key) ?? 0) + 1);
  const found = new Map(
    [...waiting].map(([key, count]) => [key, { touched: 0, written: 0, waiting: count }]),
  );
  for (const { touches, writes } of graph.footprints) {
    for (const key of touches) {
      const counts = found.get(key);
      if (!counts) continue;
      counts.touched++;
      if (writes.has(key)) counts.written++;
    }
  }
  return [...found]
    .map(([key, counts]) => ({ key, ...counts }))
    .sort((a, b) => b.waiting - a.waiting || b.written - a.written || (a.key < b.key ? -1 : 1));
}
