import { describe, expect, it } from 'vitest';
import { measureConflicts } from './measure-conflicts.ts';

const PATIENCE = { timeout: 180_000 };

describe('a block of 200 users of one market', PATIENCE, () => {
  it('runs at least 15 times faster in parallel when stripes come by hash', async () => {
    const { net } = await measureConflicts('millrace-64-hash', false);
    expect(net.max).toBeGreaterThanOrEqual(15);
    expect(net.cores[16]).toBeGreaterThan(10);
  });

  it('runs at least 40 times faster when stripes are planned', async () => {
    const { net, gasPerTx } = await measureConflicts('millrace-64-sdk', false);
    expect(net.max).toBeGreaterThanOrEqual(40);
    expect(net.cores[64]).toBeGreaterThanOrEqual(40);
    expect(gasPerTx).toBeLessThan(70_000);
  });

  it('owes that to cash in every till: left in one till, borrowers wait for each other', async () => {
    const { net } = await measureConflicts('millrace-64-hash-unspread', false);
    expect(net.max).toBeGreaterThan(1);
    expect(net.max).toBeLessThan(15);
  });

  it('runs one after the other in a market with one stripe', async () => {
    const { net } = await measureConflicts('millrace-1', false);
    expect(net.max).toBe(1);
    expect(net.conflicting).toBe(199);
  });
});
