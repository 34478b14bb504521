import type { Hex } from 'viem';

/** How a variable lies in storage. Types may contain themselves, by way of a mapping or an array. */
export type StorageType =
  /** Up to 32 bytes, possibly beside others in one slot. */
  | { kind: 'value'; label: string; bytes: number }
  /** Solidity `bytes` and `string`: the tail at the hash of the slot. */
  | { kind: 'bytes'; label: string }
  | { kind: 'struct'; label: string; slots: bigint; members: Variable[] }
  /** A fixed number of elements, in place. */
  | { kind: 'array'; element: StorageType; length: bigint }
  /** Solidity `T[]`: the elements at the hash of the slot. */
  | { kind: 'dynamic'; element: StorageType }
  | { kind: 'mapping'; key: StorageType; value: StorageType }
  /** A length, then elements, in place: Vyper `DynArray`. */
  | { kind: 'list'; element: StorageType; length: bigint }
  /** A length, then bytes, in place: Vyper `Bytes` and `String`. */
  | { kind: 'blob'; slots: bigint }
  /** Words without end, found at a hash: sets of solady. */
  | { kind: 'words' }
  /** Nothing is known of it but where it begins. */
  | { kind: 'unknown' };

/** A variable of a contract, or a member of a struct. */
export type Variable = {
  label: string;
  /** Counted from the start of what contains it. */
  slot: bigint;
  /** First byte within the slot, from the low end. */
  offset: number;
  type: StorageType;
};

/** A struct at the slot that ERC-7201 gives to a name. */
export type Namespace = { id: string; root: bigint; type: StorageType };

/** Deployed code as the compiler wrote it, with what differs from one deployment to the next. */
export type CodePattern = { code: Hex; holes: readonly { start: number; length: number }[] };

/** Where one contract keeps its variables. Made by {@link readLayouts}. */
export type Layout = {
  name: string;
  /** Source file, when the compiler said so. */
  file?: string;
  language: 'Solidity' | 'Vyper';
  variables: readonly Variable[];
  namespaces: readonly Namespace[];
  /** Absent when the compiler was not asked for code, or for interfaces and abstract contracts. */
  pattern?: CodePattern;
};
