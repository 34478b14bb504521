/** Trips once per crossing: armed until a reading trips it, armed again only by a reading that is clearly fine. */
export type Latch = { armed: boolean; crossings: number };

/** What a reading says: beyond the threshold, well clear of it, or in the band between where nothing changes. */
export type Reading = 'tripped' | 'clear' | 'between';

export const NEW_LATCH: Latch = { armed: true, crossings: 0 };

/** The latch after a reading, and whether this reading is a new crossing. The same object when nothing changed. */
export function stepLatch(latch: Latch, reading: Reading): { latch: Latch; fired: boolean } {
  if (reading === 'tripped' && latch.armed) {
    return { latch: { armed: false, crossings: latch.crossings + 1 }, fired: true };
  }
  if (reading === 'clear' && !latch.armed) return { latch: { ...latch, armed: true }, fired: false };
  return { latch, fired: false };
}

/** Trips below `threshold`; clear from `threshold` plus `hysteresisBps` of it. */
export function readBelow(value: bigint, threshold: bigint, hysteresisBps: bigint): Reading {
  if (value < threshold) return 'tripped';
  return value * 10_000n >= threshold * (10_000n + hysteresisBps) ? 'clear' : 'between';
}

/** Trips above `threshold`; clear up to `threshold` less `hysteresisBps` of it. */
export function readAbove(value: bigint, threshold: bigint, hysteresisBps: bigint): Reading {
  if (value > threshold) return 'tripped';
  return value * 10_000n <= threshold * (10_000n - hysteresisBps) ? 'clear' : 'between';
}

/** A condition that is either there or not. */
export function readWhether(condition: boolean): Reading {
  return condition ? 'tripped' : 'clear';
}
