import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criticalPath } from './conflict-model.ts';
import { listSchedule } from './list-schedule.ts';

const block = fc
  .array(fc.record({ gas: fc.integer({ min: 1, max: 50 }), picks: fc.array(fc.nat(), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 15,
  })
  .map((list) => ({
    gas: list.map(({ gas }) => gas),
    waits: list.map(({ picks }, j) => (j === 0 ? [] : [...new Set(picks.map((pick) => pick % j))])),
  }));

/** The same rule, one unit of gas at a time. */
function tick({ gas, waits }: { gas: number[]; waits: number[][] }, cores: number): number {
  const left = [...gas];
  const started = new Set<number>();
  const isDone = (j: number) => left[j] === 0;
  let time = 0;
  for (; !gas.every((_, j) => isDone(j)); time++) {
    const active = gas.flatMap((_, j) => (started.has(j) && !isDone(j) ? [j] : []));
    const ready = gas.flatMap((_, j) => (!started.has(j) && (waits[j] ?? []).every(isDone) ? [j] : []));
    const now = [...active, ...ready].slice(0, cores);
    for (const j of now) {
      started.add(j);
      left[j] = (left[j] ?? 0) - 1;
    }
  }
  return time;
}

describe('listSchedule', () => {
  it('ends when a machine that works off one unit at a time ends', () => {
    fc.assert(
      fc.property(block, fc.integer({ min: 1, max: 5 }), ({ gas, waits }, cores) => {
        expect(listSchedule(gas, waits, cores)).toBe(tick({ gas, waits }, cores));
      }),
    );
  });

  it('takes the sum on one core, the critical path on enough, and never less than either bound', () => {
    fc.assert(
      fc.property(block, fc.integer({ min: 1, max: 5 }), ({ gas, waits }, cores) => {
        const total = gas.reduce((sum, cost) => sum + cost, 0);
        const critical = criticalPath(gas, waits);
        expect(listSchedule(gas, waits, 1)).toBe(total);
        expect(listSchedule(gas, waits, gas.length)).toBe(critical);
        expect(listSchedule(gas, waits, cores)).toBeGreaterThanOrEqual(Math.max(critical, total / cores));
        expect(listSchedule(gas, waits, cores)).toBeLessThanOrEqual(critical + total / cores);
      }),
    );
  });

  it('knows these two cases', () => {
    expect(listSchedule([5, 5, 10], [[], [], []], 2)).toBe(15);
    expect(listSchedule([5, 5, 10], [[], [0], []], 2)).toBe(10);
  });
});
