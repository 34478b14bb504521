import { addWork, type JobSpec, NO_WORK, type Work } from '@millrace/protocol/compute';
import { mostMicroseconds } from './check-receipt.ts';

/** A job that runs, as far as the renter knows. */
export type RunningJob = {
  readonly spec: Pick<JobSpec, 'fuel' | 'timeMilliseconds'>;
  /** Fuel at which it went on from a checkpoint. Default: 0. */
  readonly resumedAt?: bigint | undefined;
  /** When it left, milliseconds since 1970. */
  readonly sentAt: number;
};

/** A node may be this much faster than it says, before a claim of fuel is not believed. */
export const SPEED_MARGIN = 8n;

/**
 * The most work that a channel can have seen: receipts that were checked, and for each running job no more than its fuel, its
 * time limit, the time since it left, and what the speed that the node claims makes of that.
 *
 * @param ended `billableWork` of all receipts
 * @param fuelPerSecond what the node has quoted; 0 when it is not known
 * @param now milliseconds since 1970
 */
export function mostWork(
  ended: Work,
  running: readonly RunningJob[],
  { fuelPerSecond, now }: { readonly fuelPerSecond: bigint; readonly now: number },
): Work {
  let work = addWork(NO_WORK, ended);
  for (const job of running) {
    const passed = mostMicroseconds(job.sentAt, now);
    const limit = BigInt(job.spec.timeMilliseconds) * 1_000n;
    const microseconds = passed < limit ? passed : limit;
    const left = job.spec.fuel - (job.resumedAt ?? 0n);
    const byTime = (fuelPerSecond * SPEED_MARGIN * passed) / 1_000_000n;
    const fuel = fuelPerSecond === 0n || left < byTime ? left : byTime;
    work = addWork(work, { fuel, microseconds, jobs: 1n });
  }
  return work;
}

/** Of two accounts of the same work, what both agree on. */
export function lesserWork(a: Work, b: Work): Work {
  const least = (x: bigint, y: bigint) => (x < y ? x : y);
  return {
    fuel: least(a.fuel, b.fuel),
    microseconds: least(a.microseconds, b.microseconds),
    jobs: least(a.jobs, b.jobs),
  };
}
