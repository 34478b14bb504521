import { jobIdOf } from '@millrace/protocol/wire';
import type { JobFacts } from '@millrace/sdk/rent';
import type { Hex } from 'viem';
import { UsageError } from '../usage-error.ts';
import type { SlotView } from './slots.ts';

/** A job of a payer, in whichever books it is. */
export type FoundJob = { readonly slot: SlotView; readonly job: JobFacts };

/**
 * The job of this id, or of the only id that begins so.
 *
 * @throws {@link UsageError} `UNKNOWN_JOB`, `AMBIGUOUS_JOB`
 */
export function findJob(slots: readonly SlotView[], id: string): FoundJob {
  const all = slots.flatMap((slot) => [...slot.state.jobs.values()].map((job) => ({ slot, job })));
  const exact = all.find(({ job }) => job.id === id);
  const alike = exact ? [exact] : all.filter(({ job }) => job.id.startsWith(id));
  const [found, ...others] = alike;
  if (found === undefined) {
    throw new UsageError(
      `There is no job “${id}” of this account.`,
      'UNKNOWN_JOB',
      '`millrace job list` shows what there is.',
    );
  }
  if (others.length > 0)
    throw new UsageError(`Several jobs begin with “${id}”.`, 'AMBIGUOUS_JOB', 'Write more of it.');
  return found;
}

/** Where a job was given last: the id that its node has for it, and where the node answers. */
export function placeOf({ slot, job }: FoundJob): { id: Hex; endpoint: string; node: string } | undefined {
  const attempt = job.attempts.at(-1);
  const channel = attempt && slot.state.channels.get(attempt.channel);
  if (attempt === undefined || channel === undefined) return undefined;
  return { id: jobIdOf(attempt.channel, attempt.nonce), endpoint: channel.endpoint, node: channel.payee };
}

/** How a job stands, as its books say. */
export function stateOf({ ended, attempts }: JobFacts): 'waiting' | 'given' | 'done' | 'failed' {
  if (ended) return ended.error ? 'failed' : 'done';
  return attempts.length > 0 ? 'given' : 'waiting';
}
