import type { Intent } from '../journal/records.ts';

/** What the chain says about an open intent. */
export type Sighting = {
  /** The receipt of whichever attempt was mined. */
  receipt: { block: bigint; ok: boolean } | undefined;
  /** Number of the newest block, and the account's next nonce there. */
  head: bigint;
  nonce: number;
  /** Whether the node has the last attempt in its pool. */
  pooled: boolean;
  /** How often, at different blocks, the nonce was seen used without a receipt for it. */
  missing: number;
  /** Seconds since the last attempt was signed. */
  age: number;
};

export type ResolveRule = { confirmations: bigint; replaceAfterSeconds: number };

/**
 * What to do about an open intent. `rebroadcast` sends the same signed bytes, `replace` signs the same call with the
 * same nonce and a higher fee: neither can act twice.
 */
export type Resolution = 'settle' | 'wait' | 'rebroadcast' | 'replace' | 'lost';

/** One node may answer from behind another: only this many sightings make a nonce used by a stranger. */
const MISSING_LIMIT = 3;

export function resolveIntent(intent: Intent, seen: Sighting, rule: ResolveRule): Resolution {
  if (seen.receipt) {
    const depth = seen.head - seen.receipt.block + 1n;
    return depth >= rule.confirmations ? 'settle' : 'wait';
  }
  if (seen.nonce > intent.nonce) return seen.missing >= MISSING_LIMIT ? 'lost' : 'wait';
  if (!seen.pooled) return 'rebroadcast';
  // Only the transaction that all others wait for is worth a higher fee.
  return seen.nonce === intent.nonce && seen.age >= rule.replaceAfterSeconds ? 'replace' : 'wait';
}
