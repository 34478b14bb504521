import { monitorEventLoopDelay } from 'node:perf_hooks';
import { WATCH_MILLISECONDS } from '../src/meter/exposure-watch.ts';

/** More than jobs come to in a millisecond on any machine, at the price of `world.ts`: 10,000 million units of fuel a second. */
const MOST_PER_MILLISECOND = 10n;

/**
 * Watches how late this process, which is node and test in one, comes to look at what jobs spend.
 *
 * @returns what they may have spent above a cap meanwhile: nothing on a machine that has time
 */
export function watchLateLooks(): () => bigint {
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  return () => {
    const late = Math.ceil(delays.max / 1e6) - WATCH_MILLISECONDS;
    return late > 0 ? BigInt(late) * MOST_PER_MILLISECOND : 0n;
  };
}
