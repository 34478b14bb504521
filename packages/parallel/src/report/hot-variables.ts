import type { TransactionAccess } from '../access/block-access.ts';
import type { StateKey } from '../access/state-key.ts';
import type { ConflictGraph } from '../graph/conflict-graph.ts';
import { findHotKeys } from '../graph/hot-keys.ts';
import type { NameOf } from '../name/key-name.ts';
import { boundWithout } from './what-if.ts';

/** A variable at which transactions wait for each other, all its slots together. */
export type HotVariable = {
  variable: string;
  isNamed: boolean;
  /** Slots of it at which somebody waits. */
  slots: number;
  /** Transactions that wait at one of them. */
  waiting: number;
  /** Transactions that write one of them. */
  written: number;
  /** The slot at which most wait, and how many write it. */
  worst: { slot: string; waiting: number; written: number };
  /** Bound of the speed-up if nobody met at this variable: sharded, one for each user, or merged. `null` for all but the worst. */
  speedupWithout: number | null;
};

/** Asking for one more costs building the graph once more. */
const VARIABLES_ASKED_ABOUT = 12;

/** Variables at which somebody waits, the worst first. */
export function findHotVariables(
  transactions: readonly TransactionAccess[],
  graph: ConflictGraph,
  nameOf: NameOf,
): HotVariable[] {
  const groups = groupByVariable(graph, nameOf);
  const groupOf = new Map(
    [...groups.values()].flatMap((group) => group.keys.map((key) => [key, group] as const)),
  );
  for (const { to, keys } of graph.edges) for (const key of keys) groupOf.get(key)?.waiting.add(to);
  for (const [index, { writes }] of graph.footprints.entries()) {
    for (const key of writes) groupOf.get(key)?.written.add(index);
  }
  const worstFirst = [...groups.values()].sort(
    (a, b) => b.waiting.size - a.waiting.size || b.written.size - a.written.size,
  );
  return worstFirst.map(({ keys, waiting, written, ...group }, place) => ({
    ...group,
    slots: keys.length,
    waiting: waiting.size,
    written: written.size,
    speedupWithout: place < VARIABLES_ASKED_ABOUT ? boundWithout(transactions, new Set(keys)) : null,
  }));
}

type Group = Pick<HotVariable, 'variable' | 'isNamed' | 'worst'> & {
  keys: StateKey[];
  waiting: Set<number>;
  written: Set<number>;
};

function groupByVariable(graph: ConflictGraph, nameOf: NameOf): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const { key, waiting, written } of findHotKeys(graph)) {
    const { variable, text, isNamed } = nameOf(key);
    const group = groups.get(variable);
    if (group) group.keys.push(key);
    else {
      const worst = { slot: text, waiting, written };
      groups.set(variable, { variable, isNamed, worst, keys: [key], waiting: new Set(), written: new Set() });
    }
  }
  return groups;
}
