import type { Hex } from 'viem';
import type { SeedBook, SeedMatch } from '../known/seed-book.ts';
import { WELL_KNOWN_SLOTS } from '../known/well-known-slots.ts';
import type { Layout, Namespace, StorageType } from '../layout/layout.ts';
import { slotsOf } from '../layout/slots-of.ts';
import { keyText, tailText, type Who } from '../text/key-text.ts';
import type { Hashed, HashIndex } from './hash-index.ts';
import { element, field, type Leaf, type Step } from './leaf.ts';
import { byteRange, elementsAt, leavesAt } from './leaves-at.ts';

/** What all contracts of a block share. */
export type ResolverContext = {
  index: HashIndex;
  seeds: SeedBook;
  namespaces: readonly Namespace[];
  who: Who;
};

const WORD_DIGITS = 64;
const LONGEST_ARRAY = 1n << 64n;
const LONGEST_TAIL = 1n << 32n;
/** A namespace is found by the slots that follow its root, also when its struct is not known. */
const LARGEST_NAMESPACE = 256n;

/** Finds the variables that lie in a slot, for one layout; without one, by the way the slot was computed. */
export class SlotResolver {
  readonly #context: ResolverContext;
  readonly #layout: Layout | undefined;
  readonly #isGuessing: boolean;
  readonly #root: StorageType;
  readonly #memo = new Map<bigint, Leaf[]>();

  /** @param layout `undefined`: only what is known of any contract. `'guess'`: slots by their number as well */
  constructor(context: ResolverContext, layout: Layout | 'guess' | undefined) {
    this.#context = context;
    this.#isGuessing = layout === 'guess';
    this.#layout = layout === 'guess' ? undefined : layout;
    const members = [...(this.#layout?.variables ?? [])];
    this.#root = { kind: 'struct', label: '', slots: 1n << 256n, members };
  }

  /** To be called when the index knows more. */
  forget(): void {
    this.#memo.clear();
  }

  /** @returns nothing when the slot is not known */
  resolve(slot: bigint): Leaf[] {
    const before = this.#memo.get(slot);
    if (before) return before;
    this.#memo.set(slot, []);
    const leaves = this.#find(slot);
    this.#memo.set(slot, leaves);
    return leaves;
  }

  #find(slot: bigint): Leaf[] {
    const plain = leavesAt(this.#root, [], slot);
    if (plain.length > 0) return plain;
    const wellKnown = WELL_KNOWN_SLOTS.get(slot);
    if (wellKnown !== undefined) return leavesAt({ kind: 'unknown' }, [field(wellKnown)], 0n);
    for (const { root, type, id } of this.#context.namespaces) {
      if (slot < root || slot - root >= LARGEST_NAMESPACE) continue;
      const label = type.kind === 'struct' ? (type.label.split(/[ .]/).at(-1) ?? id) : id;
      return leavesAt(type, [field(label, slotsOf(type))], slot - root);
    }
    for (const hashed of this.#context.index.before(slot)) {
      const leaves = this.#behind(hashed, slot - hashed.root);
      if (leaves.length > 0) return leaves;
    }
    const isNumber = this.#isGuessing && slot < LONGEST_ARRAY;
    return isNumber ? leavesAt({ kind: 'unknown' }, [field(`slot${slot}`)], 0n) : [];
  }

  #behind({ preimage, seed }: Hashed, slot: bigint): Leaf[] {
    for (const match of this.#context.seeds.match(preimage)) {
      const isThis = seed ? match.seed === seed : match.seed.move === undefined;
      const leaves = isThis ? this.#seeded(match, slot) : [];
      if (leaves.length > 0) return leaves;
    }
    if (seed) return [];
    const digits = preimage.slice(2);
    if (digits.length === WORD_DIGITS) return this.#tail(BigInt(preimage), slot);
    const language = this.#layout?.language;
    const solidity =
      language === 'Vyper'
        ? []
        : this.#entry(digits.slice(-WORD_DIGITS), digits.slice(0, -WORD_DIGITS), slot);
    if (solidity.length > 0 || language === 'Solidity' || digits.length !== 2 * WORD_DIGITS) return solidity;
    return this.#entry(digits.slice(0, WORD_DIGITS), digits.slice(WORD_DIGITS), slot);
  }

  /** What is at the hash of the slot of an array, or of bytes. */
  #tail(base: bigint, slot: bigint): Leaf[] {
    const [leaf] = this.resolve(base);
    switch (leaf?.type.kind) {
      case 'dynamic':
        return elementsAt(leaf.type.element, endless(leaf.path.slice(0, -1)), slot, LONGEST_ARRAY);
      case 'bytes':
        if (slot >= LONGEST_TAIL) return [];
        return leavesAt({ kind: 'unknown' }, [...leaf.path, element(byteRange(slot))], 0n);
      case 'unknown':
        if (!this.#isGuessing || slot >= LONGEST_ARRAY) return [];
        return leavesAt(leaf.type, [...leaf.path, element(`#${slot}`)], 0n);
      default:
        return [];
    }
  }

  #entry(base: string, key: string, slot: bigint): Leaf[] {
    if (base.length !== WORD_DIGITS) return [];
    const [leaf] = this.resolve(BigInt(`0x${base}`));
    if (!leaf) return [];
    const { type, path } = leaf;
    const { who } = this.#context;
    const isWord = key.length === WORD_DIGITS;
    if (type.kind === 'mapping') {
      const isTail = type.key.kind === 'bytes';
      if (!isTail && !isWord) return [];
      const text =
        type.key.kind === 'bytes'
          ? tailText(type.key.label, `0x${key}` as Hex)
          : keyText(type.key, BigInt(`0x${key}`), who);
      return leavesAt(type.value, [...path, element(text, slotsOf(type.value))], slot);
    }
    if (!isWord) return [];
    const text = keyText(undefined, BigInt(`0x${key}`), who);
    if (type.kind === 'unknown' && this.#isGuessing) return leavesAt(type, [...path, element(text)], slot);
    if (type.kind !== 'words' || slot !== 0n) return [];
    return leavesAt({ kind: 'unknown' }, [...path.slice(0, -2), field('position'), element(text)], slot);
  }

  #seeded({ seed, keys }: SeedMatch, slot: bigint): Leaf[] {
    const bases = keys.filter(({ type }) => type === 'slot').map(({ value }) => this.resolve(value)[0]?.path);
    if (bases.includes(undefined) || (!seed.isList && slot !== 0n)) return [];
    const own = keys.filter(({ type }) => type !== 'slot');
    const word = seed.wordAt?.(
      slot,
      own.map(({ value }) => value),
    );
    if (seed.wordAt && !word) return [];
    const base: readonly Step[] = withoutSpacer(bases[0] ?? []);
    if (word) {
      const path = [
        ...base,
        field(word.name),
        ...word.keys.map((key) => element(this.#seedKey('uint256', key))),
      ];
      return leavesAt({ kind: 'unknown' }, path, 0n);
    }
    const order = seed.order ?? own.map((_, i) => i);
    const texts = order
      .flatMap((i) => own[i] ?? [])
      .map(({ type, value, bytes }) => {
        return this.#seedKey(type, type.startsWith('bytes') ? value << BigInt(8 * (32 - bytes)) : value);
      });
    const path = [...base, field(seed.name), ...texts.map((text) => element(text))];
    return leavesAt({ kind: seed.isList ? 'words' : 'unknown' }, path, slot);
  }

  #seedKey(label: string, word: bigint): string {
    return keyText({ kind: 'value', label, bytes: 32 }, word, this.#context.who);
  }
}

/** What is at a hash does not fill the slot of what points there. */
function endless(path: readonly Step[]): Step[] {
  return path.map((step, i) => (i === path.length - 1 ? { ...step, slots: LONGEST_ARRAY } : step));
}

/** Solady's sets and trees are structs with a member that only holds their place. */
function withoutSpacer(path: readonly Step[]): readonly Step[] {
  return path.at(-1)?.text === '._spacer' ? path.slice(0, -1) : path;
}
