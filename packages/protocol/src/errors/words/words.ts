import type { Fault } from '../millrace-error.ts';
import type { Speaker } from './speaker.ts';

/** How one custom error is told to people. */
export type Words = {
  /** A few words, without a full stop. */
  readonly title: string;
  /** Whose move it is. */
  readonly fault: Fault;
  /** Whether the same call may succeed later, unchanged. Default: no. */
  readonly retryable?: boolean;
  /** What happened, one sentence with the numbers of this occurrence. */
  readonly sentence: (say: Speaker) => string;
  /** What to do about it. */
  readonly hint: string;
};

/** Words by the signature of the error, such as `Paused(uint256)`. */
export type Dictionary = Readonly<Record<string, Words>>;
