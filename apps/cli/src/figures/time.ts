/** A span of time for people: `45 s`, `12 min`, `3 h`, `2 d`. */
export function formatSpan(seconds: bigint): string {
  if (seconds < 120n) return `${seconds} s`;
  if (seconds < 7_200n) return `${seconds / 60n} min`;
  return seconds < 172_800n ? `${seconds / 3_600n} h` : `${seconds / 86_400n} d`;
}

/** A moment for people: `2026-11-22 16:41:50 UTC`. */
export function formatMoment(unixSeconds: bigint): string {
  return new Date(Number(unixSeconds) * 1000).toISOString().replace('T', ' ').replace('.000Z', ' UTC');
}
