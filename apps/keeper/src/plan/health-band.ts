const BANDS = [
  ['below-1', 1_000n],
  ['1-1.05', 1_050n],
  ['1.05-1.2', 1_200n],
  ['1.2-1.5', 1_500n],
  ['1.5-2', 2_000n],
] as const;

const MILLI = 10n ** 15n;

/** Names of the health bands, from the most urgent. */
const HEALTH_BANDS = [...BANDS.map(([name]) => name), 'above-2'];

/** The band of a health factor (wad). */
export function healthBand(health: bigint): string {
  return BANDS.find(([, limit]) => health < limit * MILLI)?.[0] ?? 'above-2';
}

/** How many of `healths` (wad) are in each band; every band is there. */
export function countBands(healths: Iterable<bigint>): Map<string, number> {
  const counts = new Map(HEALTH_BANDS.map((name) => [name, 0]));
  for (const health of healths) {
    const band = healthBand(health);
    counts.set(band, (counts.get(band) ?? 0) + 1);
  }
  return counts;
}
