import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RAY, WAD } from '../units/fixed-point.ts';
import { expWad } from './exp-wad.ts';
import {
  clamp,
  grownDown,
  grownUp,
  MAX_RATE,
  slewed,
  unitsDown,
  unitsUp,
  utilisation,
  worthDown,
  worthUp,
} from './index-math.ts';
import { bonus, closeOutBonus, isCloseOut, repayToTarget } from './liquidation-math.ts';

const amount = fc.bigInt({ min: 0n, max: 2n ** 112n });
const index = fc.bigInt({ min: 10n ** 24n, max: 10n ** 30n });
const rate = fc.bigInt({ min: 0n, max: MAX_RATE });
const elapsed = fc.bigInt({ min: 0n, max: 10n ** 9n });

describe('indices', () => {
  it('round to either side of the same growth', () => {
    fc.assert(
      fc.property(index, rate, elapsed, (at, r, t) => {
        const [up, down] = [grownUp(at, r, t), grownDown(at, r, t)];
        expect(up - down <= 1n && up >= down && down >= at).toBe(true);
      }),
    );
  });

  it('give nobody anything on a round trip', () => {
    fc.assert(
      fc.property(amount, index, (assets, at) => {
        expect(worthDown(unitsDown(assets, at), at) <= assets).toBe(true);
        expect(worthUp(unitsUp(assets, at), at) >= assets).toBe(true);
      }),
    );
  });

  it('settle no more debt than is paid for', () => {
    fc.assert(
      fc.property(amount, amount, index, (assets, debt, at) => {
        const { repaid, scaled } = clamp(assets, debt, at);
        expect(repaid <= assets && scaled <= debt).toBe(true);
        expect(scaled * at <= repaid * RAY).toBe(true);
      }),
    );
  });
});

describe('slewed', () => {
  it('doubles a high rate in an hour at most, and never passes the target', () => {
    const high = MAX_RATE / 10n;
    expect(slewed(high, MAX_RATE, 3_600n)).toBe(2n * high);
    expect(slewed(high, 0n, 1_800n)).toBe(high - high / 2n);
    expect(slewed(high, high + 1n, 10n ** 9n)).toBe(high + 1n);
    expect(slewed(high, 10n ** 30n, 10n ** 9n)).toBe(MAX_RATE);
  });
});

describe('utilisation', () => {
  it.each([
    [0n, 5n, 0n],
    [5n, 0n, WAD],
    [5n, -9n, WAD],
    [1n, 2n, WAD / 3n],
  ])('of %i owed and %i cash is %i', (owed, cash, expected) => {
    expect(utilisation(owed, cash)).toBe(expected);
  });
});

describe('liquidation', () => {
  it('grows the bonus with the shortfall, up to what keeps health', () => {
    const lltv = (WAD * 8n) / 10n;
    const most = WAD / 10n;
    expect(bonus(1_000n, 1_300n, 990n, lltv, most)).toEqual({ viable: true, earned: WAD / 50n });
    expect(bonus(1_000n, 1_300n, 900n, lltv, most)).toEqual({ viable: true, earned: most });
    expect(bonus(1_000n, 1_300n, 820n, lltv, most)).toEqual({ viable: true, earned: WAD / 40n });
    expect(bonus(1_000n, 1_300n, 799n, lltv, most)).toEqual({ viable: false, earned: 0n });
  });

  it('repays up to the target, or all when dust would be left', () => {
    const lltv = (WAD * 8n) / 10n;
    const target = (WAD * 11n) / 10n;
    // Health after repaying x at no bonus: (900 − 0.8·x) / (1 000 − x) = 1.1 at x = 666.7.
    expect(repayToTarget(1_000n, 900n, lltv, 0n, target, 0n)).toBe(667n);
    expect(repayToTarget(1_000n, 900n, lltv, 0n, target, 334n)).toBe(1_000n);
  });

  it('closes out when the value no longer pays for debt and bonus', () => {
    expect(isCloseOut(1_000n, 1_010n)).toBe(false);
    expect(isCloseOut(1_000n, 1_009n)).toBe(true);
    expect(closeOutBonus(1_000n, 1_010n, WAD)).toBe(WAD / 100n);
    expect(closeOutBonus(1_000n, 910n, WAD / 20n)).toBe(WAD / 20n);
  });
});

describe('expWad', () => {
  it.each([
    [0n, WAD],
    [WAD, 2_718_281_828_459_045_235n],
    [-WAD, 367_879_441_171_442_321n],
    [-41_446_531_673_892_822_313n, 0n],
  ])('of %i is %i', (x, expected) => {
    expect(expWad(x)).toBe(expected);
  });

  it('refuses what does not fit', () => {
    expect(() => expWad(135_305_999_368_893_231_589n)).toThrow(RangeError);
  });
});
