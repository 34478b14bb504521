import type { JobSpec } from '@millrace/protocol/compute';
import { runSecondsOf } from '../rank/estimate-offer.ts';

/** What is known of one attempt. Milliseconds since 1970. */
export type AttemptTimes = {
  readonly sentAt: number;
  /** `undefined` while it waits, as far as the renter knows. */
  readonly startedAt?: number | undefined;
  /** The queue, as the node told it when the job left. */
  readonly waitMilliseconds: number;
  /** What the node claims to do. */
  readonly fuelPerSecond: bigint;
  /** What jobs like this one have taken so far, in milliseconds of running time; `undefined` before the first. */
  readonly typicalMilliseconds?: number | undefined;
  /** Nothing is late in its first moments. Default: 3,000. */
  readonly patienceMilliseconds?: number | undefined;
};

/** What a busy machine may add to anything. */
export const PATIENCE_MILLISECONDS = 3_000;
/** How much longer than expected makes an attempt late. */
const LATE_FACTOR = 3;
/** How much longer than a job can take makes it lost. */
const LOST_MILLISECONDS = 15_000;

/**
 * How an attempt does. `late`: another node should have the job as well. `lost`: even the limits of the job and the queue
 * cannot explain it.
 *
 * @param now milliseconds since 1970
 */
export function latenessOf(spec: JobSpec, times: AttemptTimes, now: number): 'fine' | 'late' | 'lost' {
  const { sentAt, waitMilliseconds, fuelPerSecond, typicalMilliseconds } = times;
  const patience = times.patienceMilliseconds ?? PATIENCE_MILLISECONDS;
  const passed = now - sentAt;
  if (passed > spec.timeMilliseconds + LATE_FACTOR * waitMilliseconds + LOST_MILLISECONDS) return 'lost';
  const limit = runSecondsOf(spec, fuelPerSecond) * 1_000;
  const run = typicalMilliseconds === undefined ? limit : Math.min(limit, typicalMilliseconds);
  return passed > LATE_FACTOR * (waitMilliseconds + run) + patience ? 'late' : 'fine';
}
