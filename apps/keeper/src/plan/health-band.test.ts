import { WAD } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { countBands, healthBand } from './health-band.ts';

const at = (milli: bigint) => (milli * WAD) / 1_000n;

describe('health bands', () => {
  it('are closed below and open above', () => {
    expect(healthBand(at(999n))).toBe('below-1');
    expect(healthBand(at(1_000n))).toBe('1-1.05');
    expect(healthBand(at(1_199n))).toBe('1.05-1.2');
    expect(healthBand(at(2_000n))).toBe('above-2');
    expect(healthBand(2n ** 256n - 1n)).toBe('above-2');
  });

  it('are all counted, also the empty ones', () => {
    const counts = countBands([at(500n), at(600n), at(3_000n)]);
    expect(Object.fromEntries(counts)).toEqual({
      'below-1': 2,
      '1-1.05': 0,
      '1.05-1.2': 0,
      '1.2-1.5': 0,
      '1.5-2': 0,
      'above-2': 1,
    });
  });
});
