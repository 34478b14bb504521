import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccessSet, criticalPath, findDependencies, type WriteRule } from './conflict-model.ts';

const KEYS = ['a', 'b', 'c', 'd', 'e'];
const keys = fc.subarray(KEYS).map((list) => new Set(list));
const transaction = fc
  .record({ gas: fc.integer({ min: 1, max: 100 }), reads: keys, writes: keys, restored: keys })
  .map(({ restored, ...rest }) => ({ ...rest, stores: new Set([...rest.writes, ...restored]) }));
const block = fc.array(transaction, { maxLength: 12 });
const rule = fc.constantFrom<WriteRule>('writes', 'stores');

function tx(gas: number, reads: string[], writes: string[]): AccessSet {
  return { gas, reads: new Set([...reads, ...writes]), writes: new Set(writes), stores: new Set(writes) };
}

function critical(transactions: AccessSet[]): number {
  return criticalPath(
    transactions.map(({ gas }) => gas),
    findDependencies(transactions),
  );
}

/** The definition, pair by pair: j waits for every earlier i that wrote what j reads or writes. */
function allConflicts(transactions: AccessSet[], rule: WriteRule): number[][] {
  return transactions.map((later, j) =>
    transactions.slice(0, j).flatMap((earlier, i) => {
      const touched = [...later.reads, ...later[rule]];
      return touched.some((key) => earlier[rule].has(key)) ? [i] : [];
    }),
  );
}

/** Gas of the heaviest chain that ends with j, by trying every chain. */
function heaviestChain(gas: number[], waits: number[][], j: number): number {
  const before = (waits[j] ?? []).map((i) => heaviestChain(gas, waits, i));
  return (gas[j] ?? 0) + Math.max(0, ...before);
}

/** What a machine with versioned memory holds after the block: every write depends on all that was read. */
function runInOrder(transactions: AccessSet[], order: number[]): Map<string, string> {
  const versions = new Map<string, { by: number; value: string }[]>();
  const seenBy = (j: number, key: string) =>
    (versions.get(key) ?? []).filter(({ by }) => by < j).sort((x, y) => y.by - x.by)[0]?.value ?? `${key}0`;
  for (const j of order) {
    const { reads, writes } = transactions[j] as AccessSet;
    const input = [...reads].sort().map((key) => seenBy(j, key));
    for (const key of writes) {
      versions.set(key, [...(versions.get(key) ?? []), { by: j, value: `${j}(${input})` }]);
    }
  }
  return new Map(KEYS.map((key) => [key, seenBy(transactions.length, key)]));
}

/** An order that respects the dependencies, as different from the block's as they allow. */
function latestFirst(waits: number[][]): number[] {
  const order: number[] = [];
  while (order.length < waits.length) {
    const free = waits.flatMap((list, j) =>
      !order.includes(j) && list.every((i) => order.includes(i)) ? [j] : [],
    );
    order.push(Math.max(...free));
  }
  return order;
}

describe('findDependencies', () => {
  it('waits only for earlier transactions that really conflict', () => {
    fc.assert(
      fc.property(block, rule, (transactions, rule) => {
        const all = allConflicts(transactions, rule);
        findDependencies(transactions, rule).forEach((list, j) => {
          expect(all[j]).toEqual(expect.arrayContaining(list));
        });
      }),
    );
  });

  it('leaves out nothing that makes a chain longer', () => {
    fc.assert(
      fc.property(block, rule, (transactions, rule) => {
        const gas = transactions.map((each) => each.gas);
        const all = allConflicts(transactions, rule);
        const expected = Math.max(0, ...gas.map((_, j) => heaviestChain(gas, all, j)));
        expect(criticalPath(gas, findDependencies(transactions, rule))).toBe(expected);
      }),
    );
  });

  it('allows no order that ends in another state', () => {
    fc.assert(
      fc.property(block, (transactions) => {
        const inOrder = transactions.map((_, j) => j);
        const shuffled = latestFirst(findDependencies(transactions));
        expect(runInOrder(transactions, shuffled)).toEqual(runInOrder(transactions, inOrder));
      }),
    );
  });

  it('counts a store of the same value only when asked to', () => {
    const restores = { gas: 1, reads: new Set(['k']), writes: new Set<string>(), stores: new Set(['k']) };
    expect(findDependencies([restores, restores])).toEqual([[], []]);
    expect(findDependencies([restores, restores], 'stores')).toEqual([[], [0]]);
  });
});

describe('criticalPath', () => {
  it('is one transaction when all are independent, and all of them when one slot is hot', () => {
    expect(critical(Array.from({ length: 64 }, (_, i) => tx(10, [], [`k${i}`])))).toBe(10);
    expect(critical(Array.from({ length: 64 }, () => tx(10, [], ['k'])))).toBe(640);
  });

  it('lets readers before a writer run beside it, and those after wait', () => {
    const block = [tx(10, ['k'], ['a']), tx(10, ['k'], ['b']), tx(10, [], ['k']), tx(10, ['k'], ['c'])];
    expect(critical(block)).toBe(20);
  });

  it('is zero for an empty block', () => {
    expect(critical([])).toBe(0);
  });
});
