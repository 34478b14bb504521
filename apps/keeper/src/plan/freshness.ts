import { WAD } from '@millrace/protocol';

/** What is known of a borrower: health at the asks of that block, and when it was read (unix seconds of the block). */
export type KnownPosition = {
  debt: bigint;
  health: bigint;
  /** Asks of the collaterals held, by index; others are 0. */
  asks: readonly bigint[];
  readAt: bigint;
};

/** A position estimated below `near` (wad) is read at every block, any other at least every `maxAge` seconds. */
export type FreshnessRule = { near: bigint; maxAge: bigint };

/**
 * Whether a position has to be read again: it has never been, it may be near liquidation at the present prices, a price
 * appeared or vanished, or it is long ago.
 */
export function isStale(
  known: KnownPosition | undefined,
  asks: readonly bigint[],
  now: bigint,
  rule: FreshnessRule,
): boolean {
  if (known === undefined) return true;
  if (known.debt === 0n) return false;
  if (now - known.readAt >= rule.maxAge) return true;
  const ratio = worstRatio(known.asks, asks);
  return ratio === undefined || (known.health * ratio) / WAD < rule.near;
}

/** The largest fall of a price since it was read, as new / old in wad; `undefined` when one came from or went to nothing. */
function worstRatio(before: readonly bigint[], now: readonly bigint[]): bigint | undefined {
  let worst = WAD;
  for (const [k, old] of before.entries()) {
    const ask = now[k] ?? 0n;
    if (old === 0n) continue;
    if (ask === 0n) return undefined;
    const ratio = (ask * WAD) / old;
    if (ratio < worst) worst = ratio;
  }
  return worst;
}
