import { expect, it } from 'vitest';
import { measureFleet } from './measure-fleet.ts';
import { renderFleet, summariseFleet, toFleetResult } from './render-fleet.ts';

it('a small fleet: one node lies, one says nothing, one is killed; every job ends and the books balance', {
  timeout: 240_000,
}, async () => {
  const report = await measureFleet({ nodes: 4, jobs: 30, kills: 1, seed: 3, say: () => undefined });
  expect(summariseFleet(report)).toEqual({
    jobs: 30,
    results: 30,
    namedErrors: 0,
    lost: 0,
    booksBalance: true,
  });
  expect(report.killed).toHaveLength(1);
  expect(report.hostile.map(({ kind }) => kind)).toEqual(['garbage', 'stall']);
  expect(report.hostile.every(({ given }) => given > 0)).toBe(true);
  expect(report.moved).toBeGreaterThan(0);
  // Money did move, and what moved was worked for.
  expect(report.books.paid).toBeGreaterThan(0n);
  expect(report.books.refunded).toBeGreaterThan(0n);
  const stalling = report.books.channels.filter(({ node }) => node === 'node-1');
  expect(stalling.every(({ redeemed }) => redeemed === 0n)).toBe(true);
  expect(renderFleet(report)).not.toMatch(/\*\*no\*\*|NaN|undefined/);
  expect(JSON.stringify(toFleetResult(report))).toContain('"balances":true');
});
