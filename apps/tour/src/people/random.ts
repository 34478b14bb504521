/** Numbers that look random and are the same in every run. */
export type Random = {
  /** A whole number from 0 to `bound - 1`. */
  below: (bound: number) => number;
  /** A whole number from `least` to `most`, both included. */
  between: (least: bigint, most: bigint) => bigint;
  pick: <T>(list: readonly [T, ...T[]]) => T;
};

const TWO_32 = 2 ** 32;

/** Source: mulberry32, Tommy Ettinger (public domain). @param seed any 32-bit whole number */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound: number) => Math.floor((next() / TWO_32) * bound);
  return {
    below,
    between: (least, most) => least + (BigInt(next()) * (most - least + 1n)) / BigInt(TWO_32),
    pick: (list) => list[below(list.length)] ?? list[0],
  };
}
