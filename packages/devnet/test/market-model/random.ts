/** Numbers that depend on a seed alone. */
export type Random = {
  /** From 0 up to, not including, `end`. */
  readonly below: (end: number) => number;
  /** From 0 up to and including `most`, evenly. */
  readonly upTo: (most: bigint) => bigint;
  readonly oneOf: <Item>(items: readonly Item[]) => Item;
  /** True once in `n`. */
  readonly onceIn: (n: number) => boolean;
};

/** Mulberry32: small, fast, and good enough to choose what happens next. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (end: number) => next() % end;
  return {
    below,
    upTo: (most) => {
      let word = 0n;
      for (let bits = 0; bits < 160; bits += 32) word = (word << 32n) | BigInt(next());
      return most <= 0n ? 0n : word % (most + 1n);
    },
    oneOf: <Item>(items: readonly Item[]) => items[below(items.length)] as Item,
    onceIn: (n) => below(n) === 0,
  };
}
