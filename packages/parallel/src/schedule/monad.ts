import { FORGIVING, footprint } from '../graph/conflict-rule.ts';
import { Cores } from './cores.ts';
import type { Scheduler } from './schedule.ts';
import { Versions } from './versions.ts';

/**
 * Monad: everybody runs at once against what has been merged so far, and is merged in the order of the block. Whoever read
 * another value than is there by then runs once more, which is then right. Balances are merged unless looked at.
 *
 * Source: docs.monad.xyz, "Parallel Execution". Simplified: a transaction reads everything when it starts, and a second run
 * takes as long as the first.
 */
export const monad: Scheduler = (transactions, cores) => {
  const footprints = transactions.map((transaction) => footprint(transaction, FORGIVING));
  const versions = new Versions(transactions, footprints);
  const machine = new Cores(cores);
  const gasOf = (index: number) => transactions[index]?.gas ?? 0;
  const mergedAtStart: number[] = [];
  const isDone: boolean[] = [];
  let merged = 0;
  let next = 0;
  let rerunning: number | undefined;

  const isRight = (index: number) =>
    [...(footprints[index]?.touches ?? [])].every((key) =>
      versions.isSameValue(
        key,
        versions.writerBefore(key, mergedAtStart[index] ?? 0),
        versions.writerBefore(key, index),
      ),
    );

  while (merged < transactions.length) {
    let mustRerun: number | undefined;
    while (isDone[merged] && rerunning === undefined && mustRerun === undefined) {
      if (isRight(merged)) merged++;
      else mustRerun = merged;
    }
    if (mustRerun !== undefined && machine.hasFree) {
      mergedAtStart[mustRerun] = merged;
      rerunning = mustRerun;
      machine.start(mustRerun, gasOf(mustRerun), true);
    }
    while (machine.hasFree && next < transactions.length) {
      mergedAtStart[next] = merged;
      machine.start(next, gasOf(next));
      next++;
    }
    for (const { index } of machine.advance()) {
      isDone[index] = true;
      if (index === rerunning) rerunning = undefined;
    }
  }
  return machine.schedule();
};
