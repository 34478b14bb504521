import type { TransactionAccess } from '../access/block-access.ts';
import type { StateKey } from '../access/state-key.ts';
import type { Footprint } from '../graph/conflict-rule.ts';

/** Before the block: nobody of it has written yet. */
export const BEFORE_BLOCK = -1;

/** Who wrote what in a block, and what value it had then. */
export class Versions {
  readonly #writers = new Map<StateKey, number[]>();
  readonly #transactions: readonly TransactionAccess[];

  constructor(transactions: readonly TransactionAccess[], footprints: readonly Footprint[]) {
    this.#transactions = transactions;
    for (const [index, { writes }] of footprints.entries()) {
      for (const key of writes) {
        const list = this.#writers.get(key);
        if (list) list.push(index);
        else this.#writers.set(key, [index]);
      }
    }
  }

  /** Transactions that write the key, in order. */
  writersOf(key: StateKey): readonly number[] {
    return this.#writers.get(key) ?? [];
  }

  /** The last writer of the key before a place in the block, or {@link BEFORE_BLOCK}. */
  writerBefore(key: StateKey, index: number): number {
    const list = this.writersOf(key);
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle] as number) < index) low = middle + 1;
      else high = middle;
    }
    return list[low - 1] ?? BEFORE_BLOCK;
  }

  /** Whether two writers of a key left the same value. */
  isSameValue(key: StateKey, one: number, other: number): boolean {
    return one === other || this.#valueAfter(key, one) === this.#valueAfter(key, other);
  }

  #valueAfter(key: StateKey, writer: number): string | undefined {
    if (writer !== BEFORE_BLOCK) return this.#transactions[writer]?.writes.get(key)?.after;
    const first = this.writersOf(key).find((index) => this.#transactions[index]?.writes.has(key));
    return first === undefined ? undefined : this.#transactions[first]?.writes.get(key)?.before;
  }
}
