import { type Hex, toHex } from 'viem';
import { pushedWords } from '../code/pushed-words.ts';
import type { Layout, StorageType } from '../layout/layout.ts';
import type { HashIndex } from './hash-index.ts';
import { type HashedPlace, hashedPlaces } from './hashed-places.ts';

type Mapping = HashedPlace & { type: { kind: 'mapping' } };

/** Keys that may have been used, when nobody saw what was hashed. */
export type Candidates = {
  /** Default: the contracts and labels that the namer knows. */
  addresses?: Iterable<string>;
  /** Words of calldata, ids, hashes. */
  words?: Iterable<bigint>;
};

/** Numbers tried as keys, by level: ids, enums, indices. */
const SMALL_NUMBERS = [512, 16] as const;

/** Guesses keys of mappings, level by level, until it has made as many hashes as it may. */
export class Dictionary {
  readonly #addresses: readonly bigint[];
  readonly #words: readonly bigint[];
  readonly #frontiers = new Map<Layout, { level: number; places: Mapping[] }>();
  #hashesLeft: number;

  constructor({ addresses = [], words = [] }: Candidates, mostHashes: number) {
    this.#addresses = [...new Set([...addresses].map(BigInt))];
    this.#words = [...new Set(words)];
    this.#hashesLeft = mostHashes;
  }

  /** @returns whether there was anything more to try */
  grow(layout: Layout, index: HashIndex): boolean {
    const { level, places } = this.#frontiers.get(layout) ?? {
      level: 0,
      places: mappingsOf(startOf(layout)),
    };
    const most = SMALL_NUMBERS[level];
    if (most === undefined || places.length === 0 || this.#hashesLeft <= 0) return false;
    const numbers = Array.from({ length: most + 1 }, (_, i) => BigInt(i));
    const constants = layout.pattern ? pushedWords(layout.pattern.code) : [];
    const next = places.flatMap((place, i) => {
      const share = Math.ceil(this.#hashesLeft / (places.length - i));
      const keys = this.#keysFor(place.type.key, numbers, constants);
      return this.#tryKeys(place, keys, this.#hashesLeft - share, layout, index);
    });
    this.#frontiers.set(layout, { level: level + 1, places: next });
    return true;
  }

  /** @param leave hashes that are for others. @returns the mappings in the values */
  #tryKeys(
    { slot, type }: Mapping,
    keys: readonly bigint[],
    leave: number,
    { language }: Layout,
    index: HashIndex,
  ): Mapping[] {
    const next: Mapping[] = [];
    for (const key of keys) {
      if (this.#hashesLeft <= leave) break;
      const preimage = language === 'Vyper' ? words(slot, key) : words(key, slot);
      const inside = hashedPlaces(type.value, index.add(preimage));
      const mappings = mappingsOf(inside);
      next.push(...mappings);
      if (mappings.length < inside.length) {
        for (const place of inside) if (place.type.kind !== 'mapping') index.add(words(place.slot));
      }
      this.#hashesLeft -= 1 + inside.length - mappings.length;
    }
    return next;
  }

  #keysFor(key: StorageType, numbers: readonly bigint[], constants: readonly bigint[]): readonly bigint[] {
    if (key.kind !== 'value') return [];
    const { label, bytes } = key;
    if (label.startsWith('address') || label.startsWith('contract ') || bytes === 20) {
      const isAddress = (word: bigint) => word >> 160n === 0n;
      return [...new Set([...this.#addresses, 0n, ...constants.filter(isAddress)])];
    }
    if (label === 'bool') return [0n, 1n];
    if (/^(u?int|enum )/.test(label)) return [...new Set([...numbers, ...this.#words])];
    return [...new Set([0n, ...this.#words, ...constants, ...this.#addresses, ...numbers])];
  }
}

function mappingsOf(places: readonly HashedPlace[]): Mapping[] {
  return places.flatMap(({ slot, type }) => (type.kind === 'mapping' ? [{ slot, type }] : []));
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
