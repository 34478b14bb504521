import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomBlock, sketchBlock, slot } from '../../test/sketch-block.ts';
import type { TransactionAccess } from '../access/block-access.ts';
import type { StateKey } from '../access/state-key.ts';
import { buildConflictGraph } from './conflict-graph.ts';
import { type ConflictRule, FORGIVING, IN_PLACE, STRICT } from './conflict-rule.ts';
import { findCriticalPath } from './critical-path.ts';
import { findHotKeys } from './hot-keys.ts';

/** Said as in the definition, pair by pair: somebody wrote a key, nobody between did, and the later one reads or writes it. */
function bruteForceEdges(block: readonly TransactionAccess[], rule: ConflictRule): string[] {
  const merged = (at: number, key: StateKey) =>
    (rule.mergesBalances && block[at]?.deltas.has(key) === true) || rule.ignores?.(key) === true;
  const doesWrite = (at: number, key: StateKey) => {
    const { writes, stores } = block[at] as TransactionAccess;
    return !merged(at, key) && (writes.has(key) || (rule.writes === 'stored' && stores.has(key)));
  };
  const doesTouch = (at: number, key: StateKey) =>
    doesWrite(at, key) || (!merged(at, key) && block[at]?.reads.has(key) === true);
  const keys = [...new Set(block.flatMap(({ reads, writes }) => [...reads, ...writes.keys()]))];
  const edges: string[] = [];
  for (let to = 0; to < block.length; to++) {
    for (let from = 0; from < to; from++) {
      const met = keys.filter((key) => {
        const between = Array.from({ length: to - from - 1 }, (_, k) => from + 1 + k);
        const isNext = !between.some((at) => doesWrite(at, key));
        const overwrites = rule.versions === 'one' && doesTouch(from, key) && doesWrite(to, key);
        return isNext && ((doesWrite(from, key) && doesTouch(to, key)) || overwrites);
      });
      if (met.length > 0) edges.push(`${from}→${to} ${met.sort().join()}`);
    }
  }
  return edges.sort();
}

const rules: readonly [string, ConflictRule][] = [
  ['forgiving', FORGIVING],
  ['strict', STRICT],
  ['stores with merged balances', { writes: 'stored', mergesBalances: true }],
  ['in place', IN_PLACE],
  ['one variable ignored', { ...FORGIVING, ignores: (key) => key === slot(1) }],
];

describe('the conflict graph', () => {
  it.each(rules)('is the one that brute force finds: %s', (_name, rule) => {
    fc.assert(
      fc.property(randomBlock(), (block) => {
        const { edges } = buildConflictGraph(block, rule);
        const said = edges.map(({ from, to, keys }) => `${from}→${to} ${[...keys].sort().join()}`).sort();
        expect(said).toEqual(bruteForceEdges(block, rule));
      }),
      { numRuns: 1500 },
    );
  });

  it('has no edge between strangers', () => {
    const block = sketchBlock([{ writes: [slot(1)] }, { writes: [slot(2)] }, { reads: [slot(3)] }]);
    expect(buildConflictGraph(block).edges).toEqual([]);
  });

  it('lets a reader go before a later writer', () => {
    const block = sketchBlock([{ reads: [slot(1)] }, { writes: [slot(1)] }]);
    expect(buildConflictGraph(block).edges).toEqual([]);
  });

  it('takes a store that changed nothing for a write only when versions are compared', () => {
    const block = sketchBlock([{ stores: [slot(1)] }, { reads: [slot(1)] }]);
    expect(buildConflictGraph(block).edges).toHaveLength(0);
    expect(buildConflictGraph(block, STRICT).edges).toHaveLength(1);
  });
});

describe('the critical path', () => {
  it('is the heaviest of all chains', () => {
    fc.assert(
      fc.property(randomBlock({ most: 10 }), (block) => {
        const graph = buildConflictGraph(block);
        const heaviest = (index: number): number =>
          (graph.gas[index] ?? 0) +
          Math.max(0, ...graph.edges.filter(({ to }) => to === index).map(({ from }) => heaviest(from)));
        const path = findCriticalPath(graph);
        expect(path.gas).toBe(Math.max(0, ...block.map((_, index) => heaviest(index))));
        expect(path.steps.reduce((sum, { index }) => sum + (graph.gas[index] ?? 0), 0)).toBe(path.gas);
        for (const [k, { index, waitedFor }] of path.steps.entries()) {
          expect(waitedFor?.from).toBe(path.steps[k - 1]?.index);
          if (waitedFor) expect(waitedFor.to).toBe(index);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('hot keys', () => {
  it('count who touches, writes and waits', () => {
    const block = sketchBlock([
      { writes: [slot(1)] },
      { reads: [slot(1)] },
      { writes: [slot(1), slot(2)] },
      { reads: [slot(2)] },
      { reads: [slot(1)] },
    ]);
    expect(findHotKeys(buildConflictGraph(block))).toEqual([
      { key: slot(1), touched: 4, written: 2, waiting: 3 },
      { key: slot(2), touched: 2, written: 1, waiting: 1 },
    ]);
  });
});
