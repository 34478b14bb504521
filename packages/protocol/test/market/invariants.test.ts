import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { RAY } from '../../src/index.ts';
import {
  grownUp,
  indexNow,
  type LiquidateResult,
  type MarketState,
  positionOf,
  sharesOf,
  totals,
} from '../../src/market/index.ts';
import { healthOf, people, runSequence, type Step, sequences } from './sequence.ts';

const RUNS = { numRuns: 80 };
vi.setConfig({ testTimeout: 60_000 });

/** What the market has beyond what it owes, in ray of a base unit: Σcash + Σdebt·I(t) − S·P − F. */
function surplus(state: MarketState, time: bigint): bigint {
  const { shares, debt, cash } = totals(state);
  const { price } = state.accrual;
  return (cash - state.terms.reserve) * RAY + debt * indexNow({ ...state, time }) - shares * price;
}

function sum(amounts: Iterable<bigint>): bigint {
  let all = 0n;
  for (const amount of amounts) all += amount;
  return all;
}

function burdenOf({ call, result }: Step) {
  return call?.kind === 'liquidate' ? (result as LiquidateResult).burden : undefined;
}

it('the sequences lend, borrow, liquidate and lose', () => {
  const steps = fc.sample(sequences, { numRuns: 100, seed: 1 }).flatMap((intents) => runSequence(4, intents));
  const count = (matches: (step: Step) => unknown) => steps.filter(matches).length;
  for (const kind of [
    'supply',
    'redeem',
    'withdraw',
    'borrow',
    'repay',
    'liquidate',
    'flashLoan',
    'checkpoint',
  ]) {
    expect(
      count(({ call }) => call?.kind === kind),
      kind,
    ).toBeGreaterThan(20);
  }
  expect(count((step) => burdenOf(step)?.fromReserve)).toBeGreaterThan(5);
  expect(count((step) => burdenOf(step)?.fromLenders)).toBeGreaterThan(5);
});

describe.each([1, 4, 64])('a market of %i stripes, whatever is done with it', (stripes) => {
  const always = (check: (step: Step) => void) =>
    fc.assert(
      fc.property(sequences, (intents) => {
        for (const step of runSequence(stripes, intents)) check(step);
      }),
      RUNS,
    );

  it('MKT-01: never owes more than it has, and has no less between checkpoints', () => {
    always(({ before, after, time }) => {
      expect(surplus(after, time) >= 0n).toBe(true);
      // A checkpoint, even a second one at the same time, and bad debt replace what was settled.
      if (after.accrual === before.accrual) expect(surplus(after, time) >= surplus(before, time)).toBe(true);
    });
  });

  it('MKT-02: the stripes add up to the people', () => {
    always(({ after }) => {
      const { shares, debt } = totals(after);
      expect(sum(people().map((owner) => sharesOf(after, owner)))).toBe(shares);
      expect(sum(people().map((owner) => positionOf(after, owner).debt))).toBe(debt);
    });
  });

  it('MKT-03: the tills together hold at least what the books say', () => {
    always(({ after }) => {
      const [asset = [], ...collaterals] = after.tills;
      expect(sum(asset) >= totals(after).cash).toBe(true);
      for (const [i, tills] of collaterals.entries()) {
        const booked = sum(people().map((owner) => positionOf(after, owner).collaterals[i] ?? 0n));
        expect(sum(tills) >= booked).toBe(true);
      }
    });
  });

  it('MKT-04: the index never falls, the price only by bad debt, and never above the ceiling', () => {
    always((step) => {
      const { before, after, time } = step;
      expect(after.accrual.index >= before.accrual.index).toBe(true);
      const { price, settledAt } = before.accrual;
      const ceiling = grownUp(price, before.terms.rate, time - settledAt);
      expect(after.accrual.price <= ceiling).toBe(true);
      if (after.accrual.price < price) expect(burdenOf(step)?.fromLenders).toBeGreaterThan(0n);
    });
  });

  it('MKT-05: whoever borrows or takes collateral out can carry the debt', () => {
    always(({ call, after, time }) => {
      if (call?.kind !== 'borrow' && call?.kind !== 'withdrawCollateral') return;
      const { debt, capacity } = healthOf(after, call.owner, time);
      expect(debt <= capacity).toBe(true);
    });
  });

  it('MKT-06: a liquidation raises health or closes the position', () => {
    always(({ call, result, before, after, time }) => {
      if (call?.kind !== 'liquidate') return;
      const [was, is] = [healthOf(before, call.owner, time), healthOf(after, call.owner, time)];
      if ((result as LiquidateResult).closeOut) expect([is.debt, is.value]).toEqual([0n, 0n]);
      // limit/debt compared by multiplication; the worth of what is left may lose two base units to rounding.
      else expect((is.limit + 2n) * was.debt >= was.limit * is.debt).toBe(true);
    });
  });

  it('MKT-14: a transaction that used the market leaves the rate', () => {
    always(({ call, before, after, time }) => {
      const { maxEpoch } = before.config;
      if (call?.kind !== 'flashLoan' || time - before.accrual.settledAt > maxEpoch) return;
      expect(after.terms.rate).toBe(before.terms.rate);
    });
  });
});
