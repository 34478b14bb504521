import { describe, expect, it } from 'vitest';
import { readResult } from '../results.ts';
import { type BlockReport, type CaseName, measureConflicts } from './measure-conflicts.ts';

const PATIENCE = { timeout: 180_000 };
const committed = readResult('conflicts') as Record<CaseName, BlockReport>;

describe('a block of 200 users of one market', PATIENCE, () => {
  it('runs at least 15 times faster in parallel when stripes come by hash', async () => {
    const { net } = await measure('millrace-64-hash');
    expect(net.max).toBeGreaterThanOrEqual(15);
    expect(net.cores[16]).toBeGreaterThan(10);
  });

  it('runs at least 40 times faster when stripes are planned', async () => {
    const { net, gasPerTx } = await measure('millrace-64-sdk');
    expect(net.max).toBeGreaterThanOrEqual(40);
    expect(net.cores[64]).toBeGreaterThanOrEqual(40);
    expect(gasPerTx).toBeLessThan(70_000);
  });

  it('keeps 16 cores busy with 16 stripes, when they are planned', async () => {
    const byHash = await measure('millrace-16-hash');
    const planned = await measure('millrace-16-sdk');
    expect(planned.net.cores[16]).toBeGreaterThan(15);
    expect(byHash.net.cores[16]).toBeLessThan(planned.net.cores[16]);
  });

  it('owes that to cash in every till: left in one till, borrowers wait for each other', async () => {
    const { net } = await measure('millrace-64-hash-unspread');
    expect(net.max).toBeGreaterThan(1);
    expect(net.max).toBeLessThan(15);
  });

  it.each(['millrace-1', 'millrace-1-sdk', 'aave-v3', 'morpho-blue'] as const)(
    'runs one after the other in %s',
    async (name) => {
      const { net } = await measure(name);
      expect(net.max).toBe(1);
      expect(net.conflicting).toBe(199);
    },
  );
});

it('a block of 200 transfers between strangers waits for nobody', PATIENCE, async () => {
  const { net } = await measure('erc20');
  expect(net.conflicting).toBe(0);
  expect(net.max).toBeGreaterThan(199);
});

/** And holds it against what is committed; `npm run bench -- conflicts --update` commits to other numbers. */
async function measure(name: CaseName): Promise<BlockReport> {
  const report = await measureConflicts(name, false);
  const { gasPerTx, net } = committed[name];
  expect({ gasPerTx: report.gasPerTx, net: report.net }).toEqual({ gasPerTx, net });
  return report;
}
