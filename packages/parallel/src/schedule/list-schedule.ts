import TinyQueue from 'tinyqueue';
import { Cores } from './cores.ts';
import type { Schedule } from './schedule.ts';

/**
 * Greedy list scheduling, as if all conflicts were known beforehand: a free core takes the first transaction of the block
 * that waits for nobody any more. At most twice the best possible (R. Graham, 1966).
 *
 * @param gas of each transaction
 * @param predecessors of each transaction: indices that have to end before it starts
 */
export function listSchedule(
  gas: readonly number[],
  predecessors: readonly (readonly number[])[],
  cores: number,
): Schedule {
  const left = predecessors.map((list) => list.length);
  const followers = gas.map((): number[] => []);
  for (const [index, list] of predecessors.entries()) for (const each of list) followers[each]?.push(index);
  const ready = new TinyQueue(left.flatMap((count, index) => (count === 0 ? [index] : [])));
  const machine = new Cores(cores);
  while (ready.length > 0 || !machine.isIdle) {
    while (machine.hasFree && ready.length > 0) {
      const index = ready.pop() as number;
      machine.start(index, gas[index] ?? 0);
    }
    for (const { index } of machine.advance()) {
      for (const follower of followers[index] ?? []) {
        const still = (left[follower] ?? 0) - 1;
        left[follower] = still;
        if (still === 0) ready.push(follower);
      }
    }
  }
  return machine.schedule();
}
