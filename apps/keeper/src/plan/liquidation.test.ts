import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Candidate,
  chooseLiquidation,
  computeGasCost,
  computeProfit,
  withinBudget,
} from './liquidation.ts';

const SCALE = 10n ** 36n;
const TOKEN = '0x00000000000000000000000000000000000000cc';

function candidate(index: number, repay: bigint, amount: bigint, price = SCALE, closeOut = false): Candidate {
  const seized = [{ amount, bid: price, ask: price }];
  return { index, named: { token: TOKEN, amount }, repay, seized, closeOut };
}

const RULE = { minProfit: 0n, haircutBps: 0n };
const RICH = 10n ** 30n;

describe('computeProfit', () => {
  it('is what was seized at the bid, less what was paid and burnt', () => {
    expect(computeProfit(candidate(0, 100n, 110n), RULE, 3n)).toBe(7n);
    expect(computeProfit(candidate(0, 100n, 110n), { ...RULE, haircutBps: 1_000n }, 3n)).toBe(-4n);
  });

  it('counts the ask where sources disagree and there is no bid', () => {
    const disputed = { ...candidate(0, 100n, 110n), seized: [{ amount: 110n, bid: 0n, ask: SCALE }] };
    expect(computeProfit(disputed, RULE, 0n)).toBe(10n);
  });

  it('adds up everything that a close-out takes', () => {
    const both = [
      { amount: 50n, bid: SCALE, ask: SCALE },
      { amount: 20n, bid: 3n * SCALE, ask: 3n * SCALE },
    ];
    expect(computeProfit({ ...candidate(0, 100n, 50n), seized: both, closeOut: true }, RULE, 0n)).toBe(10n);
  });
});

describe('chooseLiquidation', () => {
  it('takes the collateral that earns most', () => {
    const list = [candidate(0, 100n, 104n), candidate(1, 100n, 109n), candidate(2, 100n, 106n)];
    expect(chooseLiquidation(list, RICH, RULE, 0n)).toMatchObject({ candidate: { index: 1 }, profit: 9n });
  });

  it('leaves alone what does not pay for its gas', () => {
    expect(chooseLiquidation([candidate(0, 100n, 104n)], RICH, RULE, 4n)).toBeDefined();
    expect(chooseLiquidation([candidate(0, 100n, 104n)], RICH, RULE, 5n)).toBeUndefined();
    expect(
      chooseLiquidation([candidate(0, 100n, 104n)], RICH, { ...RULE, minProfit: -9n }, 5n),
    ).toBeDefined();
  });

  it('repays a part with a small purse, but never part of a close-out', () => {
    expect(chooseLiquidation([candidate(0, 1_000n, 1_100n)], 500n, RULE, 0n)).toMatchObject({
      maxRepay: 500n,
      profit: 50n,
    });
    expect(chooseLiquidation([candidate(0, 1_000n, 1_100n, SCALE, true)], 999n, RULE, 0n)).toBeUndefined();
    expect(withinBudget(candidate(0, 1_000n, 1_100n), 0n)).toBeUndefined();
  });

  it('never promises more than the budget, nor less than it chose', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 24n });
    fc.assert(
      fc.property(amount, amount, amount, (repay, seized, budget) => {
        const choice = chooseLiquidation(
          [candidate(0, repay, seized)],
          budget,
          { ...RULE, minProfit: -(10n ** 30n) },
          0n,
        );
        if (choice === undefined) return;
        expect(choice.maxRepay).toBeLessThanOrEqual(budget);
        expect(choice.maxRepay).toBeGreaterThanOrEqual(choice.candidate.repay);
      }),
    );
  });
});

describe('computeGasCost', () => {
  it('is rounded up, in base units of the asset', () => {
    // 3,000 USDC (6 decimals) for one ether (18): 3000e6 / 1e18 per wei, scaled by 1e36
    const price = 3_000n * 10n ** 24n;
    expect(computeGasCost(200_000n, 10n ** 9n, price)).toBe(600_000n);
    expect(computeGasCost(1n, 1n, price)).toBe(1n);
    expect(computeGasCost(200_000n, 10n ** 9n, 0n)).toBe(0n);
  });
});
