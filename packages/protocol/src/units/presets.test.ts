import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHealth, formatMoney, formatPercent, formatTokens } from './presets.ts';

describe('formatMoney', () => {
  it.each([
    [1_234_567_000n, 'asset', '$1,234.56'],
    [1_234_567_000n, 'debt', '$1,234.57'],
    [0n, 'asset', '$0.00'],
    [9_999n, 'asset', '<$0.01'],
    [1n, 'debt', '<$0.01'],
    [10_000n, 'debt', '$0.01'],
    [10_001n, 'debt', '$0.02'],
    [-1_005_000n, 'asset', '-$1.01'],
    [-1n, 'asset', '>-$0.01'],
    [10n ** 18n, 'asset', '$1,000,000,000,000.00'],
    [undefined, 'asset', '—'],
  ] as const)('shows %s (%s) as %s', (value, side, expected) => {
    expect(formatMoney(value, 6, side, '$')).toBe(expected);
  });

  it('works for tokens with fewer decimals than money', () => {
    expect(formatMoney(7n, 0, 'asset')).toBe('7.00');
  });

  it('never flatters: assets are shown at most, debts at least, as they are', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 16n, max: 10n ** 40n }), (value) => {
        const shown = (side: 'asset' | 'debt') =>
          BigInt(formatMoney(value, 18, side).replace(/[.,]/g, '')) * 10n ** 16n;
        expect(shown('asset') <= value && value <= shown('debt')).toBe(true);
        expect(shown('debt') - shown('asset') <= 10n ** 16n).toBe(true);
      }),
    );
  });
});

describe('formatTokens', () => {
  it.each([
    [1_234_567_891_234_567_891n, 'asset', '1.23456'],
    [1_234_567_891_234_567_891n, 'debt', '1.23457'],
    [1_234_567_891_234_567n, 'debt', '0.001235'],
    [999_999_999_999_999_999n, 'debt', '1'],
    [123_456_789n * 10n ** 18n + 1n, 'asset', '123,456,789'],
    [123_456_789n * 10n ** 18n + 1n, 'debt', '123,456,790'],
    [10n ** 18n, 'asset', '1'],
    [0n, 'asset', '0'],
    [10n ** 10n, 'asset', '0.00000001'],
    [10n ** 10n - 1n, 'debt', '<0.00000001'],
    [undefined, 'debt', '—'],
  ] as const)('shows %s wei (%s) as %s', (value, side, expected) => {
    expect(formatTokens(value, 18, side)).toBe(expected);
  });

  it('puts the symbol behind', () => {
    expect(formatTokens(1_234n, 8, 'asset', 'WBTC')).toBe('0.00001234 WBTC');
    expect(formatTokens(undefined, 8, 'asset', 'WBTC')).toBe('—');
    expect(formatTokens(12n, 0, 'asset')).toBe('12');
  });
});

describe('formatPercent', () => {
  it.each([
    [52_510_000_000_000_000n, 'debt', '5.26%'],
    [52_510_000_000_000_000n, 'asset', '5.25%'],
    [10n ** 18n, 'asset', '100.00%'],
    [1n, 'asset', '<0.01%'],
    [0n, 'debt', '0.00%'],
    [undefined, 'debt', '—'],
  ] as const)('shows %s (%s) as %s', (value, side, expected) => {
    expect(formatPercent(value, side)).toBe(expected);
  });
});

describe('formatHealth', () => {
  it.each([
    [1_099_999_999_999_999_999n, '1.09'],
    [999_999_999_999_999_999n, '0.99'],
    [10n ** 18n, '1.00'],
    [0n, '0.00'],
    ['infinite', '∞'],
    [undefined, '—'],
  ] as const)('shows %s as %s', (value, expected) => {
    expect(formatHealth(value)).toBe(expected);
  });
});
