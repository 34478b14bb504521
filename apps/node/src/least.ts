/** The smaller of two amounts. `Math.min` takes no `bigint`. */
export function least(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

/** The larger of two amounts. */
export function greatest(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
