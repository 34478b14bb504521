import type { MillraceError } from '@millrace/protocol';
import {
  computeDue,
  type JobSpec,
  NO_WORK,
  type SignedReceipt,
  type WorkPrice,
} from '@millrace/protocol/compute';
import type { Address } from 'viem';
import type { Attempt, Resume } from '../channel/attempt.ts';
import type { Link } from '../channel/link.ts';
import type { EventFeed } from '../job/event-feed.ts';
import type { JobResult, RentEvent } from '../job/job-handle.ts';
import { type AttemptCost, costOfAttempts, isAffordable } from '../plan/budget.ts';
import { mostWork } from '../plan/plausible-work.ts';
import { mostDueOf } from '../rank/estimate-offer.ts';

/** One attempt of a job, and what it costs. */
export type Try = {
  readonly attempt: Attempt;
  readonly link: Link;
  readonly price: WorkPrice;
  /** At the limits of the job, base units. */
  readonly mostDue: bigint;
  /** Since when it is waited for; later than it left after a restart. */
  readonly since: number;
  /** The end of it, once there is one. */
  receipt?: SignedReceipt | undefined;
  /** What may be paid after it was given up. */
  liability?: bigint | undefined;
  /** Another node has the job as well. */
  isLate?: boolean | undefined;
  /** Ends following its events. */
  watching?: AbortController | undefined;
  /** Settles when all its events were heard. */
  watched?: Promise<void> | undefined;
};

/** Jobs of which at most some are in the hands of nodes. */
export type Party = { readonly name: string; readonly most: number; readonly live: Set<Run> };

/** A job until it has ended. */
export type Run = {
  readonly id: string;
  readonly label: string | undefined;
  readonly spec: JobSpec;
  /** Jobs of one group differ in what they work on only: they rank and take the same. */
  readonly group: string;
  readonly inputBytes: number;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  /** On how many nodes jobs like this are spread. */
  nodes: number;
  readonly watch: boolean;
  readonly feed: EventFeed<RentEvent>;
  readonly tries: Try[];
  /** Nodes that it is not given to before a time. */
  readonly excluded: Map<Address, number>;
  readonly failures: { readonly node: Address; readonly error: MillraceError }[];
  /** Where it can go on from. */
  checkpoint: Resume | undefined;
  notBefore: number;
  /** Since when no node could have it. */
  stuckSince: number | undefined;
  /** Jobs that were handed in together, if they are not to run all at once. */
  readonly party: Party | undefined;
  isOver: boolean;
  winner: { readonly node: Address; readonly cid: string } | undefined;
  readonly resolve: (result: JobResult) => void;
  readonly reject: (error: MillraceError) => void;
};

/** What jobs have in common that rank the same: all but the inputs and the seed. */
export function groupOf(spec: JobSpec, inputBytes: number): string {
  const { runtime, module, profile, fuel, memoryPages, timeMilliseconds, outputBytes, needs } = spec;
  const limits = [fuel, memoryPages, timeMilliseconds, outputBytes, Math.ceil(Math.log2(inputBytes + 1))];
  return [runtime, module, profile, ...limits, ...Object.values(needs)].join(' ');
}

/** Attempts that somebody still works on. */
export function liveTries(run: Run): Try[] {
  return run.tries.filter(({ attempt }) => attempt.state === 'sending' || attempt.state === 'taken');
}

/** What all attempts have cost or may cost, base units. */
function costsOf(run: Run): AttemptCost[] {
  return run.tries.map(({ attempt, price, receipt, liability }) => {
    if (receipt !== undefined) return { state: 'ended', price, receipt: receipt.receipt };
    if (liability !== undefined) return { state: 'abandoned', liability };
    return { state: 'live', price, resumedAt: attempt.resume?.fuel ?? 0n };
  });
}

/** Whether one more attempt at a price fits below the price cap. */
export function canAfford(run: Run, price: WorkPrice): boolean {
  return isAffordable(run.spec, costsOf(run), { price, resumedAt: run.checkpoint?.fuel ?? 0n });
}

/** What the attempts that ended come to. */
export function paidFor(run: Run): bigint {
  return costOfAttempts(
    run.spec,
    costsOf(run).filter(({ state }) => state === 'ended'),
  );
}

/** Whether a receipt that comes late still fits below the price cap. */
export function mayPayLate(run: Run, attempt: Attempt, price: WorkPrice, receipt: SignedReceipt): boolean {
  const others = run.tries.filter((it) => it.attempt !== attempt);
  const costs = costsOf({ ...run, tries: others });
  return (
    costOfAttempts(run.spec, [...costs, { state: 'ended', price, receipt: receipt.receipt }]) <=
    run.spec.needs.priceCap
  );
}

/** What an attempt that is given up now may have come to: no more is believed. */
export function liabilityOf({ attempt, link, price }: Try, now: number): bigint {
  const { spec, resume, sentAt } = attempt;
  const resumedAt = resume?.fuel ?? 0n;
  const { fuelPerSecond } = link.quote.body;
  const most = mostWork(NO_WORK, [{ spec, resumedAt, sentAt }], { fuelPerSecond, now });
  const due = computeDue(most, price, 'up');
  const limit = mostDueOf({ ...spec, fuel: spec.fuel - resumedAt }, price);
  if (due < limit) return due;
  return limit;
}
