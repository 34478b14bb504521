import { MillraceError } from '@millrace/protocol';
import type { Work } from '@millrace/protocol/compute';
import type { Core } from '../core.ts';
import type { EndFacts } from '../journal/records.ts';
import type { ReceiptWriter } from '../receipt/receipt-writer.ts';
import { type Ending, endJob, jobEventOf } from './end-job.ts';
import type { LiveJob, StopReason } from './live-job.ts';
import { type Attempt, runJob } from './run-job.ts';
import { forgetSnapshot } from './snapshots.ts';

/** What becomes of a job that failed by fault of this machine: it is run again this often. */
const MOST_FAILURES = 1;

export type Performance = {
  readonly core: Core;
  readonly writer: ReceiptWriter;
  /** In the turn in which the work of a job is settled. */
  readonly onReceipt: (job: LiveJob, billed: Work) => void;
  /** When the end is durable. */
  readonly onEnded: (job: LiveJob, end: EndFacts) => void;
};

/**
 * Runs a job to its end; `again` when it has to wait for money, or for the next start of the node.
 *
 * @param onSettled nothing is left but to write its end down
 */
export async function performJob(
  performance: Performance,
  job: LiveJob,
  onSettled: () => void,
): Promise<'ended' | 'again'> {
  job.log.add({ type: 'started' }, Date.now());
  for (;;) {
    const attempt = await runJob(performance.core, job);
    const reason = job.stopReason;
    if (reason === 'closing') return 'again';
    if (reason === 'unpaid') {
      job.stopReason = undefined;
      return 'again';
    }
    if (attempt.kind === 'failed' && isOfOwnSnapshot(job, attempt.error) && reason === undefined) {
      await forgetSnapshot(performance.core, job, attempt.error);
      continue;
    }
    if (attempt.kind === 'failed' && isHostFault(attempt.error) && reason === undefined) {
      performance.core.log.warn({ job: job.id, error: attempt.error.toJSON() }, 'a job failed by our fault');
      if (job.failures++ < MOST_FAILURES) continue;
    }
    await finishJob(performance, job, endingOf(attempt, reason), onSettled);
    return 'ended';
  }
}

/** Ends a job, also one that never began. */
export async function finishJob(
  { core, writer, onReceipt, onEnded }: Performance,
  job: LiveJob,
  ending: Ending,
  onSettled?: () => void,
): Promise<void> {
  const { end, written } = await endJob(core, writer, job, ending, (billed) => onReceipt(job, billed));
  onSettled?.();
  await written;
  job.log.end(jobEventOf(end));
  onEnded(job, end);
}

function endingOf(attempt: Attempt, reason: StopReason | undefined): Ending {
  if (attempt.kind === 'done') return attempt.result;
  if (reason === 'deadline') return { error: deadlinePassed(attempt.error.details) };
  return { error: attempt.error };
}

/** That is no fault of who ordered it: without one there is still the beginning. */
function isOfOwnSnapshot({ checkpoint }: LiveJob, { code }: MillraceError): boolean {
  return checkpoint !== undefined && code.startsWith('SNAPSHOT_');
}

function isHostFault({ code }: MillraceError): boolean {
  return !code.startsWith('JOB_') && !code.startsWith('MODULE_') && !code.startsWith('SNAPSHOT_');
}

/** A job that was begun is paid for what it did until its deadline. */
function deadlinePassed(details: MillraceError['details']): MillraceError {
  return new MillraceError('The deadline of the job has passed while it ran.', {
    code: 'JOB_DEADLINE',
    fault: 'user',
    hint: 'Allow more time, or choose a faster machine.',
    details,
  });
}

/** A job that was not begun costs nothing. */
export function notBegun(): MillraceError {
  return new MillraceError('The deadline of the job has passed before its turn came.', {
    code: 'HOST_DEADLINE',
    fault: 'provider',
    hint: 'Allow more time, or choose a node with a shorter queue.',
  });
}

export function stoppedBefore(): MillraceError {
  return new MillraceError('The job was stopped before it began.', {
    code: 'JOB_STOPPED',
    fault: 'user',
    hint: 'Submit it again with another nonce to have it run.',
  });
}
