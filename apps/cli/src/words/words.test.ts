import { describe, expect, it } from 'vitest';
import { readAmount, resolveAmount } from './amount-words.ts';
import { readSeconds } from './duration-words.ts';
import { applyPrice, readPrice } from './price-words.ts';

describe('amounts', () => {
  it('reads numbers, shares and max', () => {
    expect(resolveAmount(readAmount('1000'), 6, 0n, 'Nothing.')).toBe(1_000_000_000n);
    expect(resolveAmount(readAmount('1.5'), 18, 0n, 'Nothing.')).toBe(1_500_000_000_000_000_000n);
    expect(resolveAmount(readAmount('max'), 6, 77n, 'Nothing.')).toBe(77n);
    expect(resolveAmount(readAmount('MAX'), 6, 77n, 'Nothing.')).toBe(77n);
    expect(resolveAmount(readAmount('100%'), 6, 77n, 'Nothing.')).toBe(77n);
    expect(resolveAmount(readAmount('50%'), 6, 77n, 'Nothing.')).toBe(38n);
    expect(resolveAmount(readAmount('12.5%'), 6, 1000n, 'Nothing.')).toBe(125n);
  });

  it.each(['', 'ten', '-1', '1,000', '1e6', '0%', '101%', '-5%', '%', '1.2345678'])(
    'refuses “%s”',
    (text) => {
      expect(() => resolveAmount(readAmount(text), 6, 100n, 'Nothing.')).toThrow(/is not an amount/);
    },
  );

  it('refuses nothing', () => {
    expect(() => resolveAmount(readAmount('0'), 6, 100n, 'Nothing.')).toThrow(/it is zero/);
    expect(() => resolveAmount(readAmount('max'), 6, 0n, 'Nothing.')).toThrow(/^Nothing\. “/);
    expect(() => resolveAmount(readAmount('1%'), 6, 10n, 'Nothing.')).toThrow(/^Nothing\. “/);
  });
});

describe('prices', () => {
  it('reads changes and prices', () => {
    expect(applyPrice(readPrice('ETH=-30%'), 2_000n, 0)).toBe(1_400n);
    expect(applyPrice(readPrice('ETH=+2.5%'), 2_000n, 0)).toBe(2_050n);
    expect(applyPrice(readPrice('ETH=-100%'), 2_000n, 0)).toBe(0n);
    expect(applyPrice(readPrice(' wstETH = 1900.5 '), 2_000n, 8)).toBe(190_050_000_000n);
    expect(readPrice('wstETH=1').symbol).toBe('wstETH');
  });

  it.each(['ETH', 'ETH=', '=5%', 'ETH=30%', 'ETH=-101%', 'ETH=-5', 'ETH=five', 'ETH=1=2'])(
    'refuses “%s”',
    (text) => {
      expect(() => readPrice(text)).toThrow(/does not say what a price becomes/);
    },
  );
});

describe('durations', () => {
  it('reads units', () => {
    expect(['90', '90s', '15m', '1.5h', '2d'].map(readSeconds)).toEqual([90, 90, 900, 5400, 172_800]);
  });

  it.each(['', '0', '5w', '-1h', 'soon'])('refuses “%s”', (text) => {
    expect(() => readSeconds(text)).toThrow(/is no span of time/);
  });
});
