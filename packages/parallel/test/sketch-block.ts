import fc from 'fast-check';
import type { Hex } from 'viem';
import type { Change, TransactionAccess } from '../src/access/block-access.ts';
import { accountKey, type StateKey, slotKey } from '../src/access/state-key.ts';

const CONTRACT = '0x00000000000000000000000000000000000000c0';

/** What a test says of a transaction; everything else is empty. */
export type Sketch = {
  gas?: number;
  reads?: readonly StateKey[];
  writes?: ReadonlyMap<StateKey, Change> | readonly StateKey[];
  stores?: readonly StateKey[];
  deltas?: readonly StateKey[];
};

export function slot(number: number): StateKey {
  return slotKey(CONTRACT, BigInt(number));
}

/** Transactions as a source would give them: what is written is also read, what changed is also stored. */
export function sketchBlock(sketches: readonly Sketch[]): TransactionAccess[] {
  return sketches.map((sketch, index) => {
    const writes =
      sketch.writes instanceof Map
        ? sketch.writes
        : new Map((sketch.writes as StateKey[] | undefined)?.map((key) => [key, fresh(index)]));
    const stores = new Set([...writes.keys(), ...(sketch.stores ?? [])]);
    return {
      hash: `0x${index.toString(16).padStart(64, '0')}`,
      index,
      from: `0x${(index + 1).toString(16).padStart(40, '0')}`,
      to: CONTRACT,
      selector: '0x',
      gas: sketch.gas ?? 100,
      gasLimit: sketch.gas ?? 100,
      reads: new Set([...(sketch.reads ?? []), ...stores]),
      writes,
      stores,
      deltas: new Set(sketch.deltas ?? []),
      environment: new Map(),
      preimages: new Map(),
      codes: new Map(),
    };
  });
}

/** A value that nobody else writes. */
function fresh(index: number): Change {
  return { before: '0x0', after: `0x${(index + 1).toString(16)}` };
}

/**
 * Random blocks in which values really go from transaction to transaction: few keys and few values, so that keys are
 * overwritten, restored and stored to without a change.
 */
export const randomBlock = ({ most = 24, keys = 6 } = {}): fc.Arbitrary<TransactionAccess[]> => {
  const transaction = fc.record({
    gas: fc.integer({ min: 1, max: 50 }),
    reads: fc.uniqueArray(fc.nat(keys - 1), { maxLength: 3 }),
    stores: fc.uniqueArray(fc.tuple(fc.nat(keys - 1), fc.nat(2)), { maxLength: 2, selector: ([key]) => key }),
    receives: fc.option(fc.nat(2), { nil: undefined }),
  });
  return fc.array(transaction, { maxLength: most }).map((drafts) => {
    const values = new Map<StateKey, Hex>();
    const sketches = drafts.map(({ gas, reads, stores, receives }, index): Sketch => {
      const writes = new Map<StateKey, Change>();
      for (const [key, value] of stores) {
        const before = values.get(slot(key)) ?? '0x0';
        const after: Hex = `0x${value.toString(16)}`;
        if (before !== after) writes.set(slot(key), { before, after });
        values.set(slot(key), after);
      }
      const purse = receives === undefined ? undefined : accountKey(CONTRACT, 'balance');
      if (purse) {
        const before = values.get(purse) ?? '0x0';
        const after: Hex = `0x${(1000 + index).toString(16)}`;
        writes.set(purse, { before, after });
        values.set(purse, after);
      }
      return {
        gas,
        reads: reads.map(slot),
        stores: stores.map(([key]) => slot(key)),
        writes,
        deltas: purse && receives !== 0 ? [purse] : [],
      };
    });
    return sketchBlock(sketches);
  });
};
