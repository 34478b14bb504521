/** The smaller of two amounts. */
export function lesser(one: bigint, other: bigint): bigint {
  if (one < other) return one;
  return other;
}

/** The larger of two amounts. */
export function greater(one: bigint, other: bigint): bigint {
  if (one > other) return one;
  return other;
}
