import { type Hex, keccak256 } from 'viem';
import type { PackedSeed } from '../known/packed-seed.ts';
import type { SeedBook } from '../known/seed-book.ts';

/** Something that was hashed, and the slot it leads to: the hash itself, or what a seed makes of it. */
export type Hashed = { root: bigint; preimage: Hex; seed?: PackedSeed };

/** Finds the hash that a slot lies behind. */
export class HashIndex {
  readonly #seeds: SeedBook;
  readonly #known = new Set<bigint>();
  #entries: Hashed[] = [];
  #isSorted = true;

  constructor(preimages: Iterable<readonly [Hex, Hex]>, seeds: SeedBook) {
    this.#seeds = seeds;
    for (const [hash, preimage] of preimages) this.#insert(BigInt(hash), preimage);
  }

  /** Hashes it, and knows it from then on. */
  add(preimage: Hex): bigint {
    const root = BigInt(keccak256(preimage));
    this.#insert(root, preimage);
    return root;
  }

  /** What has the greatest root that is not behind the slot. */
  before(slot: bigint): Hashed[] {
    if (!this.#isSorted) {
      this.#entries.sort((a, b) => (a.root < b.root ? -1 : 1));
      this.#isSorted = true;
    }
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.root ?? 0n) <= slot) low = middle + 1;
      else high = middle;
    }
    const found: Hashed[] = [];
    for (let i = low - 1; i >= 0; i--) {
      const entry = this.#entries[i];
      if (entry?.root !== this.#entries[low - 1]?.root || entry === undefined) break;
      found.push(entry);
    }
    return found;
  }

  #insert(root: bigint, preimage: Hex): void {
    if (this.#known.has(root)) return;
    this.#known.add(root);
    this.#entries.push({ root, preimage });
    for (const { seed, moved } of this.#seeds.moves(root, preimage)) {
      this.#entries.push({ root: moved, preimage, seed });
    }
    this.#isSorted = false;
  }
}
