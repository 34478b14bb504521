import { type Address, type Hex, hexToBigInt, keccak256, pad } from 'viem';
import type { MarketConfig } from './config.ts';
import { refuse } from './refusal.ts';

/** The owner's own stripe, then a scan. */
export const NO_ROUTE = 0n;

const OWNER_PAYS = 1n;
const MOST_TILLS = 30;

/**
 * Packs a `Route`: which tills money enters or leaves by, in order; the first is also the stripe of the books.
 *
 * @param tills at most 30
 * @throws `RangeError` when there are more, or a till is not 0–255.
 *
 * @example
 * ```ts
 * encodeRoute([3, 7]) // 0x07030200n
 * ```
 */
export function encodeRoute(tills: readonly number[], ownerPays = false): bigint {
  if (tills.length > MOST_TILLS) throw new RangeError(`A route names at most ${MOST_TILLS} tills.`);
  const packed = tills.reduce((route, till, k) => {
    if (!Number.isInteger(till) || till < 0 || till > 255) throw new RangeError(`There is no till ${till}.`);
    return route | (BigInt(till) << BigInt(16 + 8 * k));
  }, BigInt(tills.length) << 8n);
  return ownerPays ? packed | OWNER_PAYS : packed;
}

/** Whether the money is pulled from the position's owner instead of the caller. */
export function ownerPays(route: bigint): boolean {
  return (route & OWNER_PAYS) !== 0n;
}

/** How many tills a route lists. */
export function count(route: bigint): number {
  return Number((route >> 8n) & 0xffn);
}

/** Till `k` of a route; 0 beyond what a word holds, as in the contract. */
export function till(route: bigint, k: number): number {
  return Number((route >> BigInt(16 + 8 * k)) & 0xffn);
}

const hashes = new Map<Address, bigint>();

/** The stripe an owner's operations use unless a route names another: `keccak256(owner) & (L - 1)`. */
export function ownStripe(owner: Address, stripes: number): number {
  let hash = hashes.get(owner);
  if (hash === undefined) {
    hash = hexToBigInt(keccak256(pad(owner as Hex, { size: 32 })));
    hashes.set(owner, hash);
  }
  return Number(hash & BigInt(stripes - 1));
}

/** The stripe that keeps the books of one operation. */
export function bookStripe({ stripes }: MarketConfig, route: bigint, owner: Address): number {
  if (count(route) === 0) return ownStripe(owner, stripes);
  const stripe = till(route, 0);
  if (stripe >= stripes) refuse('UnknownTill', BigInt(stripes), BigInt(stripe));
  return stripe;
}
