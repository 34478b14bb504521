import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bpsToWad, divide, mulDivDown, mulDivUp, WAD, wadToBps } from './fixed-point.ts';

const divisor = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).filter((b) => b !== 0n);

describe('divide', () => {
  it('rounds to the nearest integer on the asked side', () => {
    fc.assert(
      fc.property(fc.bigInt(), divisor, (a, b) => {
        const down = divide(a, b, 'down');
        const up = divide(a, b, 'up');
        // Compared by multiplication: b·down ≤ a ≤ b·up, turned round when b < 0.
        const sign = b < 0n ? -1n : 1n;
        expect(down * b * sign <= a * sign && a * sign <= up * b * sign).toBe(true);
        expect(up - down).toBe(a % b === 0n ? 0n : 1n);
      }),
    );
  });

  it('refuses to divide by zero', () => {
    expect(() => divide(1n, 0n, 'up')).toThrow(RangeError);
  });
});

describe('mulDiv', () => {
  it('brackets the exact value', () => {
    expect([mulDivDown(10n, 1n, 3n), mulDivUp(10n, 1n, 3n)]).toEqual([3n, 4n]);
    expect([mulDivDown(-10n, 1n, 3n), mulDivUp(-10n, 1n, 3n)]).toEqual([-4n, -3n]);
    expect([mulDivDown(6n, 1n, 3n), mulDivUp(6n, 1n, 3n)]).toEqual([2n, 2n]);
  });
});

describe('basis points', () => {
  it('survive the way to a wad and back', () => {
    expect(bpsToWad(10_000n)).toBe(WAD);
    fc.assert(fc.property(fc.bigInt(), (bps) => wadToBps(bpsToWad(bps), 'down') === bps));
    expect([wadToBps(1n, 'down'), wadToBps(1n, 'up')]).toEqual([0n, 1n]);
  });
});
