import { RefusalError, type Signed, type Stop } from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import type { Core } from '../core.ts';
import { requireSigned } from '../http/signed-request.ts';
import { unknownJob } from './job-status.ts';
import type { LiveJob, StopReason } from './live-job.ts';
import { notBegun, stoppedBefore } from './perform.ts';

/**
 * Stops a job for who pays it. What it did is paid.
 *
 * @throws `RefusalError` `JOB_UNKNOWN`, `JOB_ENDED`, `REQUEST_NOT_SIGNED`, `REQUEST_EXPIRED`
 */
export async function stopJob(core: Core, id: Hex, stop: Signed<Stop>): Promise<void> {
  const known = core.journal.state.jobs.get(id)?.facts ?? core.scheduler.get(id)?.facts;
  if (known === undefined) throw unknownJob(id);
  requireSigned(core, 'stop', stop, known.funding);
  if (stop.body.id !== id) throw new RefusalError('REQUEST_NOT_SIGNED', 'This is signed for another job.');
  const live = core.scheduler.get(id);
  if (live === undefined || live.state === 'ended')
    throw new RefusalError('JOB_ENDED', 'The job has ended.', { id });
  await endEarly(core, live, 'stopped');
}

/** Ends a job that waits at once, one that runs at its next moment. */
export async function endEarly(core: Core, job: LiveJob, reason: StopReason): Promise<void> {
  job.stopReason = reason;
  if (core.scheduler.withdraw(job)) {
    await core.finish(job, { error: reason === 'deadline' ? notBegun() : stoppedBefore() });
    core.scheduler.forget(job);
    return;
  }
  job.stop.abort();
}
