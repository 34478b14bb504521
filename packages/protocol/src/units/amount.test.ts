import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidAmountError } from '../errors/invalid-amount-error.ts';
import { formatAmount, parseAmount } from './amount.ts';

describe('parseAmount', () => {
  it.each([
    ['1.5', 6, 1_500_000n],
    ['  0.000001 ', 6, 1n],
    ['.5', 18, 5n * 10n ** 17n],
    ['7.', 2, 700n],
    ['007', 0, 7n],
    ['1.50000000', 1, 15n],
    ['340282366920938463463374607431768211455', 0, 2n ** 128n - 1n],
  ])('reads %j with %i decimals', (text, decimals, expected) => {
    expect(parseAmount(text, decimals)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '.',
    '-1',
    '+1',
    '1,000',
    '1,5',
    '1e18',
    '1.2.3',
    '1_000',
    'ten',
    '0x10',
    'Infinity',
    '١',
  ])('refuses %j', (text) => {
    expect(() => parseAmount(text, 18)).toThrow(InvalidAmountError);
  });

  it('refuses what the token cannot hold, instead of rounding', () => {
    expect(() => parseAmount('0.0000001', 6)).toThrow('it has 7 decimals, and this token has 6');
  });

  it('says why', () => {
    expect(() => parseAmount('1,5', 6)).toThrow(/comma/);
    expect(() => parseAmount('-1', 6)).toThrow(/negative/);
    expect(() => parseAmount('1e3', 6)).toThrow(/exponent/);
    expect(() => parseAmount('', 6)).toThrow(/empty/);
  });
});

describe('formatAmount', () => {
  it('writes what parseAmount reads', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 256n }),
        fc.integer({ min: 0, max: 36 }),
        (amount, decimals) => {
          expect(parseAmount(formatAmount(amount, decimals), decimals)).toBe(amount);
        },
      ),
    );
  });

  it.each([
    [0n, 18, '0'],
    [-1n, 2, '-0.01'],
    [1_000_000n, 6, '1'],
    [5n, 0, '5'],
  ])('writes %i with %i decimals as %s', (amount, decimals, expected) => {
    expect(formatAmount(amount, decimals)).toBe(expected);
  });
});
