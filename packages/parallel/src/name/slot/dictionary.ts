import { type Hex, toHex } from 'viem';
import type { Layout, StorageType } from '../layout/layout.ts';
import type { HashIndex } from './hash-index.ts';
import { type HashedPlace, hashedPlaces } from './hashed-places.ts';

/** Keys that may have been used, when nobody saw what was hashed. */
export type Candidates = {
  /** Default: the contracts and labels that the namer knows. */
  addresses?: Iterable<string>;
  /** Words of calldata, ids, hashes. */
  words?: Iterable<bigint>;
};

/** Keys tried of every number: ids, enums, indices. */
const SMALL_NUMBERS = 512n;
const DEEPEST = 2;

/** Guesses keys of mappings, level by level, until it has made as many hashes as it may. */
export class Dictionary {
  readonly #addresses: readonly bigint[];
  readonly #words: readonly bigint[];
  readonly #numbers = Array.from({ length: Number(SMALL_NUMBERS) + 1 }, (_, i) => BigInt(i));
  readonly #frontiers = new Map<Layout, { level: number; places: HashedPlace[] }>();
  #hashesLeft: number;

  constructor({ addresses = [], words = [] }: Candidates, mostHashes: number) {
    this.#addresses = [...new Set(addresses)].map(BigInt);
    this.#words = [...new Set(words)];
    this.#hashesLeft = mostHashes;
  }

  /** @returns whether there was anything more to try */
  grow(layout: Layout, index: HashIndex): boolean {
    const { level, places } = this.#frontiers.get(layout) ?? { level: 0, places: startOf(layout) };
    if (level >= DEEPEST || places.length === 0 || this.#hashesLeft <= 0) return false;
    const next: HashedPlace[] = [];
    for (const { slot, type } of places) {
      if (type.kind !== 'mapping') continue;
      for (const key of this.#keysFor(type.key)) {
        if (this.#hashesLeft-- <= 0) return true;
        const preimage = layout.language === 'Vyper' ? words(slot, key) : words(key, slot);
        const inside = hashedPlaces(type.value, index.add(preimage));
        for (const place of inside) {
          if (place.type.kind === 'mapping') next.push(place);
          else index.add(words(place.slot));
        }
      }
    }
    this.#frontiers.set(layout, { level: level + 1, places: next });
    return true;
  }

  #keysFor(key: StorageType): readonly bigint[] {
    if (key.kind !== 'value') return [];
    const { label, bytes } = key;
    if (label.startsWith('address') || label.startsWith('contract ') || bytes === 20) return this.#addresses;
    if (label === 'bool') return [0n, 1n];
    if (/^(u?int|enum )/.test(label)) return [...this.#numbers, ...this.#words];
    return [...this.#words, ...this.#addresses, ...this.#numbers];
  }
}

/** What a contract hashes from its own slots. */
export function startOf({ variables, namespaces }: Pick<Layout, 'variables' | 'namespaces'>): HashedPlace[] {
  return [
    ...variables.flatMap(({ type, slot }) => hashedPlaces(type, slot)),
    ...namespaces.flatMap(({ type, root }) => hashedPlaces(type, root)),
  ];
}

/** 32 bytes each. */
export function words(...values: bigint[]): Hex {
  return `0x${values.map((value) => toHex(value, { size: 32 }).slice(2)).join('')}`;
}
