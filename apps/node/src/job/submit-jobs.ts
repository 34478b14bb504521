import { formatJobSpec } from '@millrace/protocol/compute';
import {
  type JobOrder,
  jobIdOf,
  type Refusal,
  RefusalError,
  type Signed,
  type Submit,
} from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import type { Channel } from '../channel/channel.ts';
import type { Core } from '../core.ts';
import type { JobFacts } from '../journal/records.ts';
import { refuse, requireFit, requireRoom } from './admission.ts';
import { jobStatusOf } from './job-status.ts';
import { createLiveJob } from './live-job.ts';
import { takeContent } from './take-content.ts';

type Answer = { readonly id: Hex } | { readonly refusal: Refusal };

/**
 * Takes jobs for a channel, each by itself. What was taken is durable when this resolves, and may have begun before.
 *
 * @param submit whose signature was checked
 */
export async function submitJobs(core: Core, channel: Channel, { body }: Signed<Submit>): Promise<object> {
  const writes: Promise<void>[] = [];
  const answers = await Promise.all(
    body.jobs.map(async (order): Promise<Answer> => {
      try {
        return { id: await submitJob(core, channel, order, writes) };
      } catch (error) {
        if (!(error instanceof RefusalError)) throw error;
        core.metrics.refused.inc({ code: error.code });
        return { refusal: error.toRefusal() };
      }
    }),
  );
  await Promise.all(writes);
  const jobs = answers.map((answer) => ('id' in answer ? { job: jobStatusOf(core, answer.id) } : answer));
  return { jobs };
}

async function submitJob(
  core: Core,
  channel: Channel,
  { nonce, spec, resume }: JobOrder,
  writes: Promise<void>[],
): Promise<Hex> {
  const id = jobIdOf(channel.id, nonce);
  const isKnown = () => core.scheduler.get(id) !== undefined || core.journal.state.jobs.has(id);
  if (isKnown()) {
    // It may have been sent twice at once: this answer has to wait for the same line of the journal.
    writes.push(core.journal.append());
    return id;
  }
  requireFit(core, spec, channel.price);
  requireRoom(core, spec, channel.waiting.length);
  requireMoney(channel);
  const content = await takeContent(core, spec, resume);
  try {
    if (isKnown()) return id;
    requireRoom(core, spec, channel.waiting.length);
    content.giveTo(id);
  } finally {
    content.release();
  }
  const facts: JobFacts = {
    id,
    funding: channel.id,
    paidBy: 'channel',
    spec: formatJobSpec(spec),
    ...(resume === undefined
      ? {}
      : { resume: { checkpoint: resume.checkpoint, fuel: resume.fuel.toString() } }),
    at: Date.now(),
  };
  writes.push(core.journal.append({ t: 'job', job: facts }));
  const job = createLiveJob(facts, core.config.hardware.fuelPerSecond, { spec });
  core.scheduler.add(channel, job);
  if (job.state === 'queued') job.log.add({ type: 'queued', ...core.scheduler.placeOf(job) }, Date.now());
  return id;
}

/** @throws `RefusalError` `CHANNEL_CLOSING`, `DEPOSIT_TOO_SMALL`, `UNPAID` */
function requireMoney(channel: Channel): void {
  if (channel.state !== 'open') throw refuse('CHANNEL_CLOSING', `The channel is ${channel.state}.`);
  const now = performance.now();
  const { deposit, signed, price, waiting } = channel;
  const due = channel.due(now);
  const fees = BigInt(waiting.length + 1) * price.perJob;
  if (due + fees > deposit) {
    throw refuse('DEPOSIT_TOO_SMALL', `The deposit of ${deposit} does not cover one more job.`, {
      deposit,
      due,
      fees,
    });
  }
  if (channel.isPaused || channel.exposure(now).room < price.perJob) {
    throw refuse('UNPAID', `${due} is due, and ${signed} is signed.`, { due, signed });
  }
}
