import { describe, expect, it } from 'vitest';
import { readResult } from '../results.ts';
import type { BlockFigures } from './block-figures.ts';
import { type CaseName, measureConflicts } from './measure-conflicts.ts';

const PATIENCE = { timeout: 180_000 };
const committed = readResult('conflicts') as Record<CaseName, BlockFigures>;

describe('a block of 200 users of one market', PATIENCE, () => {
  it('runs at least 15 times faster in parallel when stripes come by hash', async () => {
    const { max, rules } = await measure('millrace-64-hash');
    expect(max).toBeGreaterThanOrEqual(15);
    expect(rules.ideal[16]).toBeGreaterThan(10);
  });

  it('runs at least 40 times faster when stripes are planned', async () => {
    const { max, rules, gasPerTx } = await measure('millrace-64-sdk');
    expect(max).toBeGreaterThanOrEqual(40);
    expect(rules.ideal[64]).toBeGreaterThanOrEqual(40);
    expect(gasPerTx).toBeLessThan(70_000);
  });

  it('keeps 16 cores busy with 16 stripes, when they are planned', async () => {
    const byHash = await measure('millrace-16-hash');
    const planned = await measure('millrace-16-sdk');
    expect(planned.rules.ideal[16]).toBeGreaterThan(15);
    expect(byHash.rules.ideal[16]).toBeLessThan(planned.rules.ideal[16]);
  });

  it('owes that to cash in every till: left in one till, borrowers wait for each other', async () => {
    const { max } = await measure('millrace-64-hash-unspread');
    expect(max).toBeGreaterThan(1);
    expect(max).toBeLessThan(15);
  });

  it.each(['millrace-1', 'millrace-1-sdk', 'aave-v3', 'morpho-blue'] as const)(
    'runs one after the other in %s',
    async (name) => {
      const { max, waiting } = await measure(name);
      expect(max).toBe(1);
      expect(waiting).toBe(199);
    },
  );
});

it('a block of 200 transfers between strangers waits for nobody', PATIENCE, async () => {
  const { max, waiting } = await measure('erc20');
  expect(waiting).toBe(0);
  expect(max).toBeGreaterThan(199);
});

/** And holds it against what is committed; `npm run bench -- conflicts --update` commits to other numbers. */
async function measure(name: CaseName): Promise<BlockFigures> {
  const figures = await measureConflicts(name);
  expect(figures).toEqual(committed[name]);
  expect(figures.named.keys).toBeGreaterThanOrEqual(0.99 * figures.named.ofKeys);
  return figures;
}
