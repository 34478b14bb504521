import type { ValueType } from '../module/types.ts';
import type { Segment } from './segment.ts';

/** A block, loop, if or function that is open. */
export type Frame = {
  readonly kind: 'function' | 'block' | 'loop' | 'if' | 'else';
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
  /** How many values lay on the stack when it was opened, its parameters not counted. */
  readonly height: number;
  /** Nothing after this point is reached, up to `else` or `end`. */
  isUnreachable: boolean;
  /** What pays for the code before it, and again for the code after it. */
  readonly opening: Segment | undefined;
  /** Of a loop: what pays for its first instructions, each time round. */
  readonly header: Segment | undefined;
  /** Of a loop: what pays for each unconditional branch back. */
  readonly backEdges: Segment[];
  /** Of a loop: a branch back is conditional, so only the header itself can pay for the header. */
  hasConditionalBackEdge: boolean;
  /** The outermost frame that a branch inside this one leads to. */
  lowestTarget: number;
};
