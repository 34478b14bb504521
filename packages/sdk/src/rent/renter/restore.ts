import { type JobSpec, parseJobSpec } from '@millrace/protocol/compute';
import { jobIdOf } from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import type { Attempt, AttemptListener } from '../channel/attempt.ts';
import type { Link } from '../channel/link.ts';
import { resumeLink } from '../channel/open-link.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { type FleetState, slotOf } from '../fleet/fleet-state.ts';
import type { PlaceHooks } from '../fleet/place.ts';
import type { Run } from '../fleet/run.ts';
import { costOfAttempts } from '../plan/budget.ts';
import { mostDueOf } from '../rank/estimate-offer.ts';
import type { AttemptFacts, ChannelFacts, JobFacts, RentState } from '../store/rent-state.ts';

export type RestoreParameters = {
  readonly state: FleetState;
  readonly fleet: Fleet;
  readonly saved: RentState;
  readonly hooks: Omit<PlaceHooks, 'listener'>;
  /** Makes the run of a job that has not ended. */
  readonly runOf: (facts: JobFacts, spec: JobSpec) => Run;
};

/** Takes up the channels and jobs of a store: finds out what has become of them, and goes on. */
export async function restore(parameters: RestoreParameters): Promise<void> {
  const { fleet, saved, runOf } = parameters;
  const runs = new Map<string, Run>();
  for (const job of saved.jobs.values()) {
    if (job.ended !== undefined) continue;
    const run = runOf(job, parseJobSpec(job.spec));
    if (job.checkpoint !== undefined) {
      const { checkpoint, fuel } = job.checkpoint;
      run.checkpoint = { checkpoint, fuel: BigInt(fuel) };
    }
    runs.set(job.id, run);
  }
  const usable = [...saved.channels.values()].filter(({ over }) => over === undefined);
  await Promise.all(usable.map((facts) => restoreChannel(parameters, facts, runs)));
  for (const run of runs.values()) if (!run.isOver) fleet.add(run, false);
}

async function restoreChannel(
  { state, fleet, saved, hooks }: RestoreParameters,
  facts: ChannelFacts,
  runs: ReadonlyMap<string, Run>,
): Promise<void> {
  const slot = slotOf(state, facts.payee, facts.endpoint);
  const live: [Run, Attempt][] = [];
  const attempts: Attempt[] = [];
  for (const [job, attempt] of attemptsIn(saved, facts.id)) {
    const run = runs.get(job.id);
    const isLive = run !== undefined && attempt.liability === undefined;
    const listener = run === undefined ? passive(() => link) : fleet.listener(run);
    const restored = restoreAttempt(job, attempt, isLive ? 'sending' : 'abandoned', listener);
    attempts.push(restored);
    if (isLive) live.push([run, restored]);
  }
  let link: Link | undefined;
  link = await resumeLink(state.host, facts, attempts, {
    onOver: (error) => hooks.onOver(slot, link, error),
    onPaid: (total) => hooks.onPaid(slot, total),
  }).catch(() => undefined);
  if (link === undefined) return;
  slot.link ??= link;
  // What was signed last may never have left.
  void link.payments.resend().catch(() => undefined);
  hooks.onOpen(slot, link);
  for (const [run, attempt] of live) {
    const { price } = link.quote.body;
    fleet.adopt(run, { attempt, link, price, mostDue: mostDueOf(run.spec, price), since: Date.now() });
    // The node may never have had it; the same nonce again is the same job.
    link.give(attempt, false);
  }
}

function* attemptsIn(saved: RentState, channel: Hex): Generator<[JobFacts, AttemptFacts]> {
  for (const job of saved.jobs.values()) {
    for (const attempt of job.attempts) if (attempt.channel === channel) yield [job, attempt];
  }
}

function restoreAttempt(
  job: JobFacts,
  { nonce, channel, at, resume }: AttemptFacts,
  state: Attempt['state'],
  listener: AttemptListener,
): Attempt {
  return {
    job: job.id,
    spec: parseJobSpec(job.spec),
    nonce,
    id: jobIdOf(channel, nonce),
    resume: resume && { checkpoint: resume.checkpoint, fuel: BigInt(resume.fuel) },
    sentAt: at,
    waitMilliseconds: 0,
    startedAt: undefined,
    state,
    listener,
  };
}

/** Of jobs that have ended: what their receipts say is paid, within the price cap. */
function passive(linkOf: () => Link | undefined): AttemptListener {
  return {
    onTaken: () => undefined,
    onFailed: () => undefined,
    onEnded: () => undefined,
    mayPay: ({ spec }, { receipt }) => {
      const price = linkOf()?.quote.body.price;
      if (price === undefined) return false;
      return costOfAttempts(spec, [{ state: 'ended', price, receipt }]) <= spec.needs.priceCap;
    },
  };
}
