import { sleep } from '../connect.ts';
import type { Action } from '../send/action.ts';

/** How a round went: whether everything got through, what was decided in it, and how many intents are open after it. */
export type RoundReport = { good: boolean; actions: readonly Action[]; openIntents: number };

/** Who decides when the next round begins. */
export type Pace = {
  /** Whether the actions of a round leave at its end, one by one, in an order that depends on nothing but themselves. */
  inOrder: boolean;
  /** Resolves when the first round may begin, or when `signal` says stop. */
  begin: (signal: AbortSignal) => Promise<void>;
  /** Resolves when the next round may begin, or when `signal` says stop. */
  next: (report: RoundReport, signal: AbortSignal) => Promise<void>;
};

const LONGEST_PAUSE_MILLISECONDS = 30_000;

/** A round every so often; after failures in a row ever more slowly. */
export function pollPace(pollSeconds: number): Pace {
  const poll = pollSeconds * 1_000;
  let failures = 0;
  return {
    inOrder: false,
    begin: async () => {},
    next: ({ good }, signal) => {
      failures = good ? 0 : failures + 1;
      const pause = poll * 2 ** Math.min(failures, 5);
      return sleep(Math.min(pause, Math.max(poll, LONGEST_PAUSE_MILLISECONDS)), signal);
    },
  };
}
