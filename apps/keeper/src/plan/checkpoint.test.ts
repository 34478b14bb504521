import { RAY } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { type Books, computeReward, isDue, planCheckpoint } from './checkpoint.ts';

/** 1,000 shares at 1; 900 lent out, of which 10 are interest not yet booked; 110 in cash. */
const BOOKS: Books = {
  now: 1_000n,
  settledAt: 0n,
  minEpoch: 60n,
  shares: 1_000_000n,
  price: RAY,
  owed: 900_000n,
  cash: 110_000n,
  reserve: 0n,
  feeBps: 1_000n,
  rewardBps: 500n,
};
const RULE = { forceAfter: 3_600n, minProfit: 0n };

describe('computeReward', () => {
  it('is a share of the fee on what was earned', () => {
    // earned 10,000; the fee is a tenth, the caller's part a twentieth of that
    expect(computeReward(BOOKS)).toBe(50n);
  });

  it('leaves out what is not earned: the reserve, and a loss', () => {
    expect(computeReward({ ...BOOKS, reserve: 9_000n })).toBe(5n);
    expect(computeReward({ ...BOOKS, reserve: 10_001n })).toBe(0n);
    expect(computeReward({ ...BOOKS, price: 2n * RAY })).toBe(0n);
  });
});

describe('planCheckpoint', () => {
  it('waits until the market would write something', () => {
    expect(planCheckpoint({ ...BOOKS, now: 59n }, RULE, 0n)).toEqual({ act: false, reason: 'not-due' });
    expect(planCheckpoint({ ...BOOKS, now: 60n }, RULE, 0n).act).toBe(true);
    expect(isDue({ ...BOOKS, minEpoch: 0n, now: 0n })).toBe(false);
    expect(isDue({ ...BOOKS, minEpoch: 0n, now: 1n })).toBe(true);
  });

  it('acts when it pays for its gas', () => {
    expect(planCheckpoint(BOOKS, RULE, 50n)).toEqual({ act: true, reason: 'pays' });
    expect(planCheckpoint(BOOKS, RULE, 51n)).toEqual({ act: false, reason: 'not-worth-it' });
    expect(planCheckpoint(BOOKS, { ...RULE, minProfit: 1n }, 50n).act).toBe(false);
  });

  it('acts at a loss when the last one is too old', () => {
    const plan = planCheckpoint({ ...BOOKS, now: 3_600n }, RULE, 10n ** 18n);
    expect(plan).toEqual({ act: true, reason: 'forced' });
  });
});
