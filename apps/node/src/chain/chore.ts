import { describeError } from '../errors.ts';
import type { Log } from '../log.ts';

/** A chore that fails is tried again after this at the earliest, then after twice as long, milliseconds. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 300_000;

/** Something that is done again and again until it is closed, one at a time. */
export type Chore = {
  /** Settles when what runs has ended; nothing runs after that. */
  close(): Promise<void>;
};

/** Does `work` every so often. A failure is written down, and tried again later and later. */
export function startChore(name: string, milliseconds: number, log: Log, work: () => Promise<void>): Chore {
  let timer: NodeJS.Timeout;
  let running: Promise<void> = Promise.resolve();
  let isClosed = false;
  let failures = 0;

  const turn = async (): Promise<void> => {
    try {
      await work();
      failures = 0;
    } catch (error) {
      failures++;
      log.warn({ chore: name, failures, error: describeError(error) }, 'it did not work, and is tried again');
    }
    if (isClosed) return;
    const pause = failures === 0 ? 0 : Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE);
    plan(Math.max(milliseconds, pause));
  };
  const plan = (after: number) => {
    timer = setTimeout(() => {
      running = turn();
    }, after);
  };
  plan(0);

  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
