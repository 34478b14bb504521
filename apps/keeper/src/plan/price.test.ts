import { describe, expect, it } from 'vitest';
import { planPrice } from './price.ts';

const ROUND = { roundId: 5n, answer: 10_000n, updatedAt: 100n };
const RULE = { deviationBps: 50n, heartbeat: 3_600n, maxJumpBps: 0n };

describe('planPrice', () => {
  it('writes when the price moved far enough, up or down', () => {
    expect(planPrice(ROUND, 10_050n, 101n, RULE)).toEqual({ act: true, reason: 'deviation' });
    expect(planPrice(ROUND, 9_950n, 101n, RULE).act).toBe(true);
    expect(planPrice(ROUND, 10_049n, 101n, RULE)).toEqual({ act: false, reason: 'fresh' });
  });

  it('writes when the feed is old, even the same price', () => {
    expect(planPrice(ROUND, 10_000n, 3_699n, RULE).act).toBe(false);
    expect(planPrice(ROUND, 10_000n, 3_700n, RULE)).toEqual({ act: true, reason: 'heartbeat' });
  });

  it('does not write the same price again and again, however small the deviation', () => {
    expect(planPrice(ROUND, 10_000n, 101n, { ...RULE, deviationBps: 0n }).act).toBe(false);
    expect(planPrice(ROUND, 10_001n, 101n, { ...RULE, deviationBps: 0n }).act).toBe(true);
  });

  it('believes no leap and nothing below one', () => {
    expect(planPrice(ROUND, 13_001n, 101n, { ...RULE, maxJumpBps: 3_000n })).toEqual({
      act: false,
      reason: 'jump',
    });
    expect(planPrice(ROUND, 13_000n, 101n, { ...RULE, maxJumpBps: 3_000n }).act).toBe(true);
    expect(planPrice(ROUND, 0n, 101n, RULE)).toEqual({ act: false, reason: 'not-positive' });
  });

  it('writes the first answer of an empty feed', () => {
    expect(planPrice({ ...ROUND, answer: 0n }, 1n, 101n, { ...RULE, maxJumpBps: 1n }).act).toBe(true);
  });
});
