import type { StorageType } from '../layout/layout.ts';

/** One step from a contract to a variable. */
export type Step = {
  /** `.supply`, `[3]`, `[USDC]` */
  text: string;
  /** The same for all keys and indices: `.supply`, `[*]`. */
  pattern: string;
  /** Slots of what the step leads to. */
  slots: bigint;
};

/** A variable within one slot. */
export type Leaf = {
  path: readonly Step[];
  type: StorageType;
  /** First byte within the slot, from the low end. */
  offset: number;
  bytes: number;
};

export function field(label: string, slots = 1n): Step {
  return { text: `.${label}`, pattern: `.${label}`, slots };
}

export function element(text: string | bigint, slots = 1n): Step {
  return { text: `[${text}]`, pattern: '[*]', slots };
}
