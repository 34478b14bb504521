import { describe, expect, it } from 'vitest';
import { capFees, raiseFees } from './fees.ts';

describe('capFees', () => {
  it('leaves room for the base fee to double', () => {
    expect(capFees({ tip: 2n, baseFee: 10n, cap: 100n })).toEqual({
      maxFeePerGas: 22n,
      maxPriorityFeePerGas: 2n,
      likely: 12n,
      affordable: true,
    });
  });

  it('never offers more than the cap', () => {
    const fees = capFees({ tip: 50n, baseFee: 80n, cap: 40n });
    expect(fees).toMatchObject({
      maxFeePerGas: 40n,
      maxPriorityFeePerGas: 40n,
      likely: 40n,
      affordable: false,
    });
  });
});

describe('raiseFees', () => {
  const now = capFees({ tip: 2n, baseFee: 10n, cap: 10_000n });

  it('offers an eighth more, or what the market asks if that is more', () => {
    expect(raiseFees({ maxFeePerGas: 800n, maxPriorityFeePerGas: 80n }, now, 10_000n)).toEqual({
      maxFeePerGas: 901n,
      maxPriorityFeePerGas: 91n,
    });
    expect(raiseFees({ maxFeePerGas: 8n, maxPriorityFeePerGas: 1n }, now, 10_000n)).toEqual({
      maxFeePerGas: 22n,
      maxPriorityFeePerGas: 2n,
    });
  });

  it('gives up at the cap', () => {
    expect(raiseFees({ maxFeePerGas: 800n, maxPriorityFeePerGas: 80n }, now, 900n)).toBeUndefined();
  });
});
