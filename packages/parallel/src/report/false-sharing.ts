import type { TransactionAccess } from '../access/block-access.ts';
import type { ConflictGraph } from '../graph/conflict-graph.ts';
import type { NameOf, SlotPart } from '../name/key-name.ts';

/** A slot at which transactions wait although the variables they change are different ones. */
export type FalseSharing = {
  slot: string;
  variable: string;
  /** Variables of the slot, by how many transactions change each. */
  parts: readonly { label: string; writers: number }[];
  /** Pairs of transactions, one waiting for the other, of which both change the slot and no variable of it in common. */
  pairs: number;
};

/**
 * Slots with several variables where one transaction waits for another that changed other variables of the same slot.
 * Giving each a slot of its own lets them go. Waits of those who only read cannot be judged and are not counted.
 */
export function findFalseSharing(
  transactions: readonly TransactionAccess[],
  graph: ConflictGraph,
  nameOf: NameOf,
): FalseSharing[] {
  const found = new Map<string, { variable: string; parts: Map<string, Set<number>>; pairs: number }>();
  for (const { from, to, keys } of graph.edges) {
    for (const key of keys) {
      const { text, variable, parts } = nameOf(key);
      if (parts.length < 2) continue;
      const [one, other] = [from, to].map((index) => changedParts(transactions[index], key, parts));
      if (!one || !other || one.length === 0 || other.length === 0) continue;
      const entry = found.get(text) ?? { variable, parts: new Map(), pairs: 0 };
      for (const label of one) entry.parts.set(label, (entry.parts.get(label) ?? new Set()).add(from));
      for (const label of other) entry.parts.set(label, (entry.parts.get(label) ?? new Set()).add(to));
      if (!one.some((label) => other.includes(label))) entry.pairs++;
      found.set(text, entry);
    }
  }
  return [...found]
    .filter(([, { pairs }]) => pairs > 0)
    .map(([slot, { variable, parts, pairs }]) => ({
      slot,
      variable,
      parts: [...parts].map(([label, writers]) => ({ label, writers: writers.size })),
      pairs,
    }))
    .sort((a, b) => b.pairs - a.pairs);
}

function changedParts(
  transaction: TransactionAccess | undefined,
  key: Parameters<NameOf>[0],
  parts: readonly SlotPart[],
): string[] {
  const change = transaction?.writes.get(key);
  if (!change) return [];
  const difference = BigInt(change.before) ^ BigInt(change.after);
  return parts.flatMap(({ label, offset, bytes }) => {
    const mask = ((1n << BigInt(bytes * 8)) - 1n) << BigInt(offset * 8);
    return (difference & mask) === 0n ? [] : [label];
  });
}
