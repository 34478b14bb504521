import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWork,
  ComputeError,
  computeDue,
  computeExposure,
  computeFuelFor,
  NO_WORK,
  perFuelWadOf,
  streamTotal,
  type Work,
  type WorkPrice,
} from '../../src/compute/index.ts';
import { least } from '../../src/index.ts';

const amount = fc.bigInt({ min: 0n, max: 2n ** 80n });
const work: fc.Arbitrary<Work> = fc.record({ fuel: amount, microseconds: amount, jobs: amount });
const price: fc.Arbitrary<WorkPrice> = fc.record({
  perFuelWad: amount,
  perSecondWad: amount,
  perJob: amount,
});

describe('what work costs', () => {
  it('is exact but for one base unit, and rounds towards whom it is asked to', () => {
    fc.assert(
      fc.property(work, price, (done, asked) => {
        const [down, up] = [computeDue(done, asked, 'down'), computeDue(done, asked, 'up')];
        const scale = 10n ** 24n;
        const exact =
          done.jobs * asked.perJob * scale +
          done.fuel * asked.perFuelWad * 1_000_000n +
          done.microseconds * asked.perSecondWad;
        expect(down * scale <= exact && exact < (down + 1n) * scale).toBe(true);
        expect(up * scale >= exact && exact > (up - 1n) * scale).toBe(true);
      }),
    );
  });

  it('never falls as work is added, and parts never cost less than the whole (up) or more (down)', () => {
    fc.assert(
      fc.property(work, work, price, (a, b, asked) => {
        const both = addWork(a, b);
        expect(computeDue(both, asked, 'down')).toBeGreaterThanOrEqual(computeDue(a, asked, 'down'));
        expect(computeDue(a, asked, 'up') + computeDue(b, asked, 'up')).toBeGreaterThanOrEqual(
          computeDue(both, asked, 'up'),
        );
        expect(computeDue(a, asked, 'down') + computeDue(b, asked, 'down')).toBeLessThanOrEqual(
          computeDue(both, asked, 'down'),
        );
      }),
    );
  });

  it('buys with an amount the most fuel that costs no more', () => {
    fc.assert(
      fc.property(amount, price, (money, asked) => {
        const fuel = computeFuelFor(money, asked);
        expect(fuel === undefined).toBe(asked.perFuelWad === 0n);
        if (fuel === undefined) return;
        const onlyFuel = { ...asked, perSecondWad: 0n, perJob: 0n };
        expect(computeDue({ ...NO_WORK, fuel }, onlyFuel, 'up')).toBeLessThanOrEqual(money);
        expect((fuel + 1n) * asked.perFuelWad).toBeGreaterThan(money * 10n ** 18n);
      }),
    );
  });

  it('follows from a price for an hour', () => {
    const perFuelWad = perFuelWadOf(50_000n, 1_000_000_000n);
    expect(perFuelWad).toBe(13_888_888_889n);
    const hour = { ...NO_WORK, fuel: 3_600n * 1_000_000_000n };
    expect(computeDue(hour, { perFuelWad, perSecondWad: 0n, perJob: 0n }, 'down')).toBe(50_000n);
  });

  it('refuses negative amounts', () => {
    const free = { perFuelWad: 0n, perSecondWad: 0n, perJob: 0n };
    for (const run of [
      () => computeDue({ ...NO_WORK, fuel: -1n }, free, 'up'),
      () => computeFuelFor(-1n, free),
      () => perFuelWadOf(1n, 0n),
    ]) {
      expect(run).toThrow(ComputeError);
    }
  });
});

describe('exposure', () => {
  it('adds up: covered and unpaid are all work, and room ends where the cap does', () => {
    fc.assert(
      fc.property(amount, amount, amount, amount, (worked, signed, deposit, cap) => {
        const { unpaid, room, isExceeded } = computeExposure({ worked, signed, deposit, cap });
        const covered = least(signed, deposit);
        expect(unpaid).toBe(worked > covered ? worked - covered : 0n);
        expect(isExceeded).toBe(unpaid > cap);
        const full = computeExposure({ worked: worked + room, signed, deposit, cap });
        if (!isExceeded) expect(full).toMatchObject({ unpaid: cap, room: 0n, isExceeded: false });
        const past = computeExposure({ worked: worked + room + 1n, signed, deposit, cap });
        expect(past.isExceeded).toBe(true);
      }),
    );
  });
});

describe('a stream', () => {
  it('pays the seconds that have passed, and no other', () => {
    const terms = {
      channel: '0x',
      receiptsRoot: '0x',
      total: 7n,
      rate: 3n,
      since: 100n,
      until: 110n,
    } as const;
    const totals = [0n, 100n, 101n, 109n, 110n, 1_000n].map((time) => streamTotal(terms, time));
    expect(totals).toEqual([7n, 7n, 10n, 34n, 37n, 37n]);
  });
});
