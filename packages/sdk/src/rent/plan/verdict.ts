import type { MillraceError } from '@millrace/protocol';
import { RefusalError } from '@millrace/protocol/wire';
import type { Experience } from '../memory/node-memory.ts';

/** What to do with a job after an attempt has failed. */
export type Verdict = {
  /** `end`: nobody could do better. `again`: the same node, a little later. `elsewhere`: another node. */
  readonly next: 'end' | 'again' | 'elsewhere';
  /** What is remembered of the node; nothing for what it could not help. */
  readonly experience?: Experience | undefined;
  /** What the node refuses, and would refuse again however long one waits: jobs like this one, or any job. */
  readonly refuses?: 'job' | 'all' | undefined;
};

/**
 * What the outcome of a receipt means: `JOB_…` and `MODULE_…` are the job's own doing, but for time limits, which depend on the
 * machine, and a stop that nobody asked for. Anything else is the node's.
 */
export function verdictOfOutcome(outcome: string, tier: 'deterministic' | 'fast'): Verdict {
  if (outcome === 'JOB_STOPPED') return { next: 'elsewhere', experience: 'refused' };
  if (outcome === 'JOB_TIME_LIMIT') return { next: 'elsewhere', experience: 'slow' };
  if (outcome === 'JOB_MEMORY_LIMIT' && tier === 'fast') return { next: 'elsewhere', experience: 'refused' };
  if (/^(JOB|MODULE)_/.test(outcome)) return { next: 'end' };
  return { next: 'elsewhere', experience: 'failed' };
}

/** What a refusal or a failed request means for the job. */
export function verdictOfError(error: MillraceError): Verdict {
  if (!(error instanceof RefusalError)) {
    const isOurs = error.fault === 'user';
    return isOurs ? { next: 'end' } : { next: 'elsewhere', experience: experienceOf(error.code) };
  }
  if (AGAIN.has(error.code)) return { next: 'again' };
  if (error.mayWorkElsewhere || HERE_ONLY.has(error.code)) {
    const experience = error.fault === 'provider' ? 'refused' : undefined;
    return { next: 'elsewhere', experience, refuses: refusedBy(error) };
  }
  return { next: error.fault === 'user' ? 'end' : 'elsewhere', experience: 'failed' };
}

/** `undefined`: what was refused may be taken later. */
function refusedBy({ code, retryable, mayWorkElsewhere }: RefusalError): 'job' | 'all' | undefined {
  if (REFUSES_ALL.has(code)) return 'all';
  return mayWorkElsewhere && !retryable ? 'job' : undefined;
}

/** Has nothing to do with the job. */
const REFUSES_ALL: ReadonlySet<string> = new Set([
  'NODE_DRAINING',
  'WRONG_CHAIN',
  'WRONG_CONTRACT',
  'CHANNEL_CLOSING',
  'LANE_NOT_WATCHED',
  'QUOTE_NOT_OURS',
]);

/** The same request may pass in a moment. */
const AGAIN: ReadonlySet<string> = new Set([
  'TOO_MANY_REQUESTS',
  'QUEUE_FULL',
  'UNPAID',
  'CONTENT_MISSING',
  'CHANNEL_NOT_FUNDED',
  'DEPOSIT_TOO_SMALL',
  'CHANNEL_UNKNOWN',
  'REQUEST_EXPIRED',
]);

/** Between this renter and this node; the job itself is sound. */
const HERE_ONLY: ReadonlySet<string> = new Set([
  'CHANNEL_CLOSING',
  'LANE_NOT_WATCHED',
  'REQUEST_NOT_SIGNED',
  'QUOTE_EXPIRED',
  'QUOTE_NOT_OURS',
  'CHECKPOINT_INVALID',
  'JOB_UNKNOWN',
  'JOB_ENDED',
  'VOUCHER_INVALID',
]);

function experienceOf(code: string): Experience {
  if (code === 'RENT_NODE_DISHONEST') return 'dishonest';
  if (code === 'RENT_NODE_STALLED') return 'stalled';
  if (code === 'RENT_NODE_VANISHED' || code === 'RENT_NODE_UNREACHABLE') return 'vanished';
  return 'failed';
}
