const SEED = 2463534242;

/** A fixed shuffle (xorshift32), so that every market gets the same order. */
export function shuffle<T>(list: readonly T[], seed = SEED): T[] {
  const out = [...list];
  let x = seed;
  for (let i = out.length - 1; i > 0; i--) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    x >>>= 0;
    const j = x % (i + 1);
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}
