import type { StateKey } from '../access/state-key.ts';

/** Variables that share a slot: where each one lies in the 32-byte word, counted from its right end. */
export type SlotPart = { label: string; offset: number; bytes: number };

/** What people call a state key. */
export type KeyName = {
  /** With the keys of mappings and arrays: `Token.balanceOf[0x12ab…]`. */
  text: string;
  /** Without them, to group by: `Token.balanceOf[*]`. */
  variable: string;
  /** The first part of the name: `Token`. */
  contract: string;
  /** What the slot holds, when that is more than one variable. */
  parts: readonly SlotPart[];
  /** `false` when all that is known is a number. */
  isNamed: boolean;
};

export type NameOf = (key: StateKey) => KeyName;
