import type { Core } from '../core.ts';
import { createLiveJob } from './live-job.ts';

/** Takes up the jobs that had not ended when the node did; in the order in which they came. */
export function restoreJobs(core: Core): number {
  let restored = 0;
  for (const { facts, checkpoint, end } of core.journal.state.jobs.values()) {
    if (end !== undefined) continue;
    const channel = facts.paidBy === 'channel' ? core.books.get(facts.funding) : undefined;
    if (channel === undefined) continue;
    const job = createLiveJob(facts, core.config.hardware.fuelPerSecond, { checkpoint });
    core.scheduler.add(channel, job);
    if (job.state === 'queued') job.log.add({ type: 'queued', ...core.scheduler.placeOf(job) }, Date.now());
    restored++;
  }
  return restored;
}
