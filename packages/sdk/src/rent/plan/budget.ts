import { computeDue, type JobSpec, type Receipt, type WorkPrice } from '@millrace/protocol/compute';
import { billableWork } from '@millrace/protocol/wire';
import { mostDueOf } from '../rank/estimate-offer.ts';

/** What an attempt on one node may still cost, or has cost. */
export type AttemptCost =
  /** It runs: it may come to its limits. */
  | { readonly state: 'live'; readonly price: WorkPrice; readonly resumedAt: bigint }
  /** It has ended, with a receipt. */
  | { readonly state: 'ended'; readonly price: WorkPrice; readonly receipt: Receipt }
  /** It was given up: no more than what was believed of it then is paid. */
  | { readonly state: 'abandoned'; readonly liability: bigint };

/** The most that attempts come to, each rounded up for itself: base units. */
export function costOfAttempts(spec: JobSpec, attempts: readonly AttemptCost[]): bigint {
  return attempts.reduce((sum, attempt) => sum + costOf(spec, attempt), 0n);
}

/** Whether one more attempt fits below the price cap of the job, together with those before it. */
export function isAffordable(
  spec: JobSpec,
  attempts: readonly AttemptCost[],
  next: { readonly price: WorkPrice; readonly resumedAt: bigint },
): boolean {
  return costOfAttempts(spec, [...attempts, { state: 'live', ...next }]) <= spec.needs.priceCap;
}

function costOf(spec: JobSpec, attempt: AttemptCost): bigint {
  if (attempt.state === 'abandoned') return attempt.liability;
  if (attempt.state === 'ended') return computeDue(billableWork(attempt.receipt), attempt.price, 'up');
  return mostDueOf({ ...spec, fuel: spec.fuel - attempt.resumedAt }, attempt.price);
}
