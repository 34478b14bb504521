import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aprToRatePerSecond, ratePerSecondToApr, SECONDS_PER_YEAR } from './rate.ts';

describe('rates', () => {
  it('a year has 365 days', () => {
    expect(SECONDS_PER_YEAR).toBe(365n * 24n * 60n * 60n);
  });

  it('10 % a year is 3 170 979 198 wad per second, rounded down', () => {
    expect(aprToRatePerSecond(10n ** 17n, 'down')).toBe(3_170_979_198n);
    expect(aprToRatePerSecond(10n ** 17n, 'up')).toBe(3_170_979_199n);
  });

  it('loses less than one wad per second on the way there, and nothing on the way back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), (apr) => {
        const back = ratePerSecondToApr(aprToRatePerSecond(apr, 'down'));
        expect(back <= apr && apr - back < SECONDS_PER_YEAR).toBe(true);
        expect(aprToRatePerSecond(back, 'up')).toBe(aprToRatePerSecond(apr, 'down'));
      }),
    );
  });
});
