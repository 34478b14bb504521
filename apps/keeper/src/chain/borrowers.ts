import type { Address } from 'viem';
import { type FreshnessRule, isStale, type KnownPosition } from '../plan/freshness.ts';
import type { Position } from './positions.ts';

/** The borrowers of a market as last read. Lives in memory: a restart reads them all again. */
export type Borrowers = {
  /** Owners whose position has to be read at `now` (unix seconds of the block), given the asks there. */
  stale: (owners: Iterable<Address>, asks: readonly bigint[], now: bigint, rule: FreshnessRule) => Address[];
  /** Forgets what is known of some owners, or of all. */
  invalidate: (owners: Iterable<Address> | 'all') => void;
  update: (positions: readonly Position[], now: bigint) => void;
  /** Health of everybody with debt (wad). */
  healths: () => Iterable<bigint>;
};

export function createBorrowers(): Borrowers {
  const known = new Map<Address, KnownPosition>();
  return {
    stale: (owners, asks, now, rule) =>
      [...owners].filter((owner) => isStale(known.get(owner), asks, now, rule)),
    invalidate: (owners) => {
      if (owners === 'all') return known.clear();
      for (const owner of owners) known.delete(owner);
    },
    update: (positions, readAt) => {
      for (const { owner, debt, health, collaterals } of positions) {
        const asks = collaterals.map(({ amount, ask }) => (amount === 0n ? 0n : ask));
        known.set(owner, { debt, health, asks, readAt });
      }
    },
    healths: function* () {
      for (const { debt, health } of known.values()) if (debt > 0n) yield health;
    },
  };
}
