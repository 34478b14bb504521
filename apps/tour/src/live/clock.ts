/** How fast a replay goes, and whether it stands still. */
export type Clock = {
  readonly speed: number;
  readonly paused: boolean;
  faster: () => void;
  slower: () => void;
  toggle: () => void;
  /** Resolves when the next block is due, or at once when `signal` says stop. */
  wait: (signal: AbortSignal) => Promise<void>;
};

const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 1000];
const BLOCKS_PER_HOUR = 4;
const PAUSE_LOOK_MILLISECONDS = 100;

/** @param hoursPerSecond of the replay */
export function createClock(hoursPerSecond: number): Clock {
  let speed = hoursPerSecond;
  let paused = false;
  let last = performance.now();
  return {
    get speed() {
      return speed;
    },
    get paused() {
      return paused;
    },
    faster: () => {
      speed = SPEEDS.find((each) => each > speed) ?? speed;
    },
    slower: () => {
      speed = SPEEDS.findLast((each) => each < speed) ?? speed;
    },
    toggle: () => {
      paused = !paused;
    },
    wait: async (signal) => {
      while (paused && !signal.aborted) await sleep(PAUSE_LOOK_MILLISECONDS, signal);
      const due = last + 1_000 / (speed * BLOCKS_PER_HOUR);
      await sleep(due - performance.now(), signal);
      last = performance.now();
    },
  };
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || milliseconds <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
