import type { F32, F64 } from '../module/types.ts';
import type { Segment } from './segment.ts';

/** A change to the code of a function. `at` and `end` are offsets in the module; equal, they insert. */
export type Edit = { readonly at: number; readonly end: number } & (
  | { readonly kind: 'charge'; readonly segment: Segment }
  /** A function was called: the fuel left is in the global alone. */
  | { readonly kind: 'reload' }
  /** The float on top of the stack becomes the one NaN, if it is any. */
  | { readonly kind: 'canonical'; readonly type: typeof F32 | typeof F64 }
  /** Calls an imported function through its wrapper. */
  | { readonly kind: 'callWrapper'; readonly importIndex: number }
  | { readonly kind: 'refWrapper'; readonly importIndex: number }
  /** The number on top of the stack is a length: it is paid for. */
  | { readonly kind: 'payLength'; readonly unit: 'bytes' | 'elements' }
  | { readonly kind: 'growMemory' }
  /** Leaves the function, which lies in a block with this label. */
  | { readonly kind: 'return'; readonly label: number }
);

/** What has to change in one function. */
export type FunctionPlan = {
  readonly edits: readonly Edit[];
  /** The segment that begins the function. */
  readonly entry: Segment;
  /** Whether it calls others, so that its frame may lie below many. */
  readonly isCaller: boolean;
  /** Counted against the stack: about the eight-byte words of its frame. */
  readonly frameWords: number;
};
