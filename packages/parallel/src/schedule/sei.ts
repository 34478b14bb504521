import type { StateKey } from '../access/state-key.ts';
import { type ConflictRule, footprint } from '../graph/conflict-rule.ts';
import { Cores } from './cores.ts';
import type { Scheduler } from './schedule.ts';
import { BEFORE_BLOCK, Versions } from './versions.ts';

const MAX_ROUNDS = 10;
const BY_VALUE: ConflictRule = { writes: 'changed', mergesBalances: false };

/** What a run read of a key: who had written it, in which round, and whether that run had itself read what it should. */
type Sight = { writer: number; round: number; isRight: boolean };

/**
 * Sei v2: rounds. In each, all that are not yet right run at once against the newest versions; then all are validated by
 * value, and those that saw something else than is there now go into the next round. After ten rounds the rest runs in order.
 *
 * Source: docs.sei.io, "Parallelization Engine". Simplified: a transaction reads everything when it starts, a round ends
 * before the next begins, and a run that saw a wrong value leaves wrong values wherever it writes.
 */
export const seiV2: Scheduler = (transactions, cores) => {
  const footprints = transactions.map((transaction) => footprint(transaction, BY_VALUE));
  const versions = new Versions(transactions, footprints);
  const machine = new Cores(cores);
  const gasOf = (index: number) => transactions[index]?.gas ?? 0;
  const ranIn = transactions.map(() => 0);
  const isRight = transactions.map(() => false);
  const seen: ReadonlyMap<StateKey, Sight>[] = [];

  const look = (key: StateKey, index: number): Sight => {
    let writer = versions.writerBefore(key, index);
    while (writer !== BEFORE_BLOCK && ranIn[writer] === 0) writer = versions.writerBefore(key, writer);
    if (writer === BEFORE_BLOCK) return { writer, round: 0, isRight: true };
    return { writer, round: ranIn[writer] ?? 0, isRight: isRight[writer] === true };
  };
  const isSame = (key: StateKey, a: Sight, b: Sight) =>
    a.isRight && b.isRight
      ? versions.isSameValue(key, a.writer, b.writer)
      : a.writer === b.writer && a.round === b.round;
  const sawTheTruth = (index: number) =>
    [...(seen[index] ?? [])].every(
      ([key, sight]) =>
        sight.isRight && versions.isSameValue(key, sight.writer, versions.writerBefore(key, index)),
    );
  const isStale = (index: number) =>
    [...(seen[index] ?? [])].some(([key, sight]) => !isSame(key, sight, look(key, index)));

  let due = transactions.map((_, index) => index);
  for (let round = 1; round <= MAX_ROUNDS && due.length > 0; round++) {
    const queue = [...due].reverse();
    while (queue.length > 0 || !machine.isIdle) {
      while (machine.hasFree && queue.length > 0) {
        const index = queue.pop() as number;
        const keys = [...(footprints[index]?.touches ?? [])];
        seen[index] = new Map(keys.map((key) => [key, look(key, index)]));
        machine.start(index, gasOf(index), round > 1);
      }
      for (const { index } of machine.advance()) {
        ranIn[index] = round;
        isRight[index] = sawTheTruth(index);
      }
    }
    due = transactions.flatMap((_, index) => (isStale(index) ? [index] : []));
  }
  for (const index of due) {
    machine.start(index, gasOf(index), true);
    machine.advance();
  }
  return machine.schedule();
};
