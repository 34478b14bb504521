import { describe, expect, it } from 'vitest';
import { planRebalance } from './rebalance.ts';

const RULE = { dryBelowBps: 500n, minMean: 1n };

describe('planRebalance', () => {
  it('goes from the fullest till to the emptiest one in use', () => {
    expect(planRebalance([100n, 0n, 900n, 1n], new Set([1, 3]), RULE)).toEqual({ from: 2, to: 1 });
    expect(planRebalance([100n, 0n, 900n, 1n], new Set([3]), RULE)).toEqual({ from: 2, to: 3 });
  });

  it('does nothing while no till in use is dry', () => {
    expect(planRebalance([1_000n, 0n, 1_000n, 200n], new Set([0, 3]), RULE)).toBeUndefined();
    expect(planRebalance([1_000n, 0n], new Set(), RULE)).toBeUndefined();
    // 5 % of the mean of 250 is 12.5
    expect(planRebalance([987n, 13n, 0n, 0n], new Set([1]), RULE)).toBeUndefined();
    expect(planRebalance([988n, 12n, 0n, 0n], new Set([1]), RULE)).toEqual({ from: 0, to: 1 });
  });

  it('does nothing when there is little to move, or only one till', () => {
    expect(planRebalance([1n, 0n], new Set([1]), RULE)).toBeUndefined();
    expect(planRebalance([900n, 0n], new Set([1]), { ...RULE, minMean: 451n })).toBeUndefined();
    expect(planRebalance([900n], new Set([0]), RULE)).toBeUndefined();
  });
});
