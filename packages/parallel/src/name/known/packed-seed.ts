/**
 * A variable whose slot is the hash of its keys packed beside a constant, which no compiler reports: solady's, or your own.
 *
 * @example
 * ```ts
 * const scores: PackedSeed = { name: 'scoreOf', preimage: ['address', '0x000000005c03e5'] }
 * ```
 */
export type PackedSeed = {
  name: string;
  /** What is hashed, in order: an elementary type for a key, hex for a constant, `slot` for the slot of another variable. */
  preimage: readonly string[];
  /** Places of the keys in the name, when they are hashed in another order. */
  order?: readonly number[];
  /** Whether words without end follow the hash. Default: it is one word. */
  isList?: boolean;
  /** Where it begins, when that is not the hash itself. */
  move?: (hash: bigint, keys: readonly bigint[]) => bigint;
  /** Name and keys of the word `slot` behind the beginning, when they depend on it. */
  wordAt?: (slot: bigint, keys: readonly bigint[]) => { name: string; keys: readonly bigint[] } | undefined;
};
