import { computeDue, type JobSpec } from '@millrace/protocol/compute';
import type { Offer } from './offer.ts';

/** What a job would come to at a node. */
export type Estimate = {
  /** At the limits of the job, base units, rounded up. */
  readonly mostDue: bigint;
  /** Until it begins. */
  readonly startSeconds: number;
  /** Until its result is here, should it use all its fuel. */
  readonly completionSeconds: number;
};

/** How fast content travels, until somebody has measured it. */
const ASSUMED_BYTES_PER_SECOND = 4_000_000;
/** How far away a node is, until somebody has measured it. */
const ASSUMED_ROUND_TRIP_MILLISECONDS = 150;
/** What opening a channel takes: a block, and the node that looks at it. */
const OPENING_SECONDS = 2;

/** Seconds that all the fuel of a job takes at a speed, at most its time limit. */
export function runSecondsOf({ fuel, timeMilliseconds }: JobSpec, fuelPerSecond: bigint): number {
  const most = timeMilliseconds / 1_000;
  return fuelPerSecond <= 0n ? most : Math.min(most, Number(fuel) / Number(fuelPerSecond));
}

/** What a job would come to: queue, two round trips (there and back), transfer, and run time at the speed that is claimed. */
export function estimateOffer(
  { ask, roundTripMilliseconds = ASSUMED_ROUND_TRIP_MILLISECONDS, hasChannel }: Offer,
  { spec, inputBytes = 0 }: { readonly spec: JobSpec; readonly inputBytes?: number | undefined },
): Estimate {
  const roundTrip = roundTripMilliseconds / 1_000;
  const opening = hasChannel === true ? 0 : OPENING_SECONDS;
  const transfer = inputBytes / ASSUMED_BYTES_PER_SECOND;
  const startSeconds = opening + roundTrip + transfer + ask.queue.waitMilliseconds / 1_000;
  const run = runSecondsOf(spec, ask.hardware.fuelPerSecond[spec.profile]);
  return {
    mostDue: mostDueOf(spec, ask.price),
    startSeconds,
    // Never zero: ratios of it are compared.
    completionSeconds: Math.max(0.001, startSeconds + run + roundTrip),
  };
}

/** What a job costs at its limits, base units, rounded up. */
export function mostDueOf(
  { fuel, timeMilliseconds }: Pick<JobSpec, 'fuel' | 'timeMilliseconds'>,
  price: Parameters<typeof computeDue>[1],
): bigint {
  return computeDue({ fuel, microseconds: BigInt(timeMilliseconds) * 1_000n, jobs: 1n }, price, 'up');
}
