import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomBlock, sketchBlock, slot } from '../../test/sketch-block.ts';
import type { TransactionAccess } from '../access/block-access.ts';
import { buildConflictGraph } from '../graph/conflict-graph.ts';
import { STRICT } from '../graph/conflict-rule.ts';
import { findCriticalPath } from '../graph/critical-path.ts';
import { RULE_NAMES, SCHEDULERS } from './rules.ts';
import type { Run, Schedule } from './schedule.ts';

const cores = fc.constantFrom(1, 2, 3, 8, 64);
const totalGas = (block: readonly TransactionAccess[]) => block.reduce((sum, { gas }) => sum + gas, 0);
const lastRuns = ({ runs }: Schedule, count: number): (Run | undefined)[] =>
  Array.from({ length: count }, (_, index) => runs.filter((run) => run.index === index).at(-1));

describe.each(RULE_NAMES)('%s', (name) => {
  const run = SCHEDULERS[name];

  it('runs everybody, never two on one core, and ends with the last', () => {
    fc.assert(
      fc.property(randomBlock(), cores, (block, count) => {
        const { runs, makespan, reruns } = run(block, count);
        expect(new Set(runs.map(({ index }) => index)).size).toBe(block.length);
        expect(runs.length).toBe(block.length + reruns);
        expect(makespan).toBe(Math.max(0, ...runs.map(({ end }) => end)));
        for (const a of runs) {
          expect(a.end - a.start).toBe(block[a.index]?.gas);
          expect(a.core).toBeLessThan(count);
          const overlaps = runs.some(
            (b) => b !== a && b.core === a.core && b.start < a.end && a.start < b.end,
          );
          expect(overlaps).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never beats the cores, and one core takes the sum', () => {
    fc.assert(
      fc.property(randomBlock(), cores, (block, count) => {
        const { makespan } = run(block, count);
        expect(makespan * count).toBeGreaterThanOrEqual(totalGas(block));
        if (count === 1) expect(makespan).toBe(totalGas(block));
      }),
      { numRuns: 300 },
    );
  });

  it('runs strangers as if nobody else were there', () => {
    const block = sketchBlock(Array.from({ length: 16 }, (_, k) => ({ gas: 10, writes: [slot(k)] })));
    expect(run(block, 16)).toMatchObject({ makespan: 10, reruns: 0 });
    expect(run(block, 4)).toMatchObject({ makespan: 40, reruns: 0 });
  });

  it('gains nothing from a counter that everybody raises', () => {
    const block = sketchBlock(Array.from({ length: 12 }, () => ({ gas: 10, writes: [slot(0)] })));
    expect(run(block, 64).makespan).toBeGreaterThanOrEqual(120);
  });
});

describe('ideal', () => {
  it('keeps the edges of the graph, and with a core for each takes the critical path', () => {
    fc.assert(
      fc.property(randomBlock(), cores, (block, count) => {
        const graph = buildConflictGraph(block);
        const schedule = SCHEDULERS.ideal(block, count);
        const final = lastRuns(schedule, block.length);
        for (const { from, to } of graph.edges) {
          expect(final[to]?.start).toBeGreaterThanOrEqual(final[from]?.end as number);
        }
        if (count === 64) expect(schedule.makespan).toBe(findCriticalPath(graph).gas);
      }),
      { numRuns: 500 },
    );
  });
});

describe('block-stm', () => {
  it('ends with runs that began after everybody they depend on had ended', () => {
    fc.assert(
      fc.property(randomBlock({ most: 40, keys: 4 }), cores, (block, count) => {
        const graph = buildConflictGraph(block, STRICT);
        const final = lastRuns(SCHEDULERS['block-stm'](block, count), block.length);
        for (const { from, to } of graph.edges) {
          expect(final[to]?.start).toBeGreaterThanOrEqual(final[from]?.end as number);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('what an aborted transaction wrote', () => {
  it('makes the next reader wait with block-stm, instead of running in vain', () => {
    const block = sketchBlock(Array.from({ length: 12 }, () => ({ gas: 10, writes: [slot(0)] })));
    const { runs, makespan } = SCHEDULERS['block-stm'](block, 64);
    expect(makespan).toBe(120);
    for (const { index } of block) {
      expect(runs.filter((run) => run.index === index).length).toBeLessThanOrEqual(3);
    }
  });
});

describe('engines that compare values', () => {
  it('monad accepts a run that saw another version with the same value', () => {
    const set = new Map([[slot(0), { before: '0x0', after: '0x1' } as const]]);
    const restore = new Map([[slot(0), { before: '0x1', after: '0x0' } as const]]);
    const block = sketchBlock([{ writes: set }, { writes: restore }, { reads: [slot(0)], gas: 1000 }]);
    expect(SCHEDULERS.monad(block, 8).runs.filter(({ index }) => index === 2)).toHaveLength(1);
    expect(SCHEDULERS['block-stm'](block, 8).runs.filter(({ index }) => index === 2).length).toBeGreaterThan(
      1,
    );
  });

  it('monad runs nobody more than twice', () => {
    fc.assert(
      fc.property(randomBlock({ most: 40, keys: 3 }), cores, (block, count) => {
        const { runs } = SCHEDULERS.monad(block, count);
        for (const { index } of block) {
          expect(runs.filter((each) => each.index === index).length).toBeLessThanOrEqual(2);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('monad merges balances that nobody looks at; block-stm does not', () => {
    const purse = slot(9);
    const block = sketchBlock(
      Array.from({ length: 8 }, () => ({ gas: 10, writes: [purse], deltas: [purse] })),
    );
    expect(SCHEDULERS.monad(block, 8).makespan).toBe(10);
    expect(SCHEDULERS['block-stm'](block, 8).makespan).toBeGreaterThanOrEqual(80);
  });

  it('sei gives up after ten rounds and runs the rest in order', () => {
    const block = sketchBlock(Array.from({ length: 40 }, () => ({ gas: 10, writes: [slot(0)] })));
    const { runs, makespan } = SCHEDULERS['sei-v2'](block, 64);
    expect(makespan).toBe(10 * 10 + 30 * 10);
    expect(Math.max(...block.map(({ index }) => runs.filter((each) => each.index === index).length))).toBe(
      11,
    );
  });
});
