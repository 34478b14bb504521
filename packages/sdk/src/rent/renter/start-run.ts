import { MillraceError, toMillraceError } from '@millrace/protocol';
import type { JobSpec } from '@millrace/protocol/compute';
import type { RentContent } from '../content/rent-content.ts';
import { RentError } from '../error/rent-error.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { groupOf, type Party, type Run } from '../fleet/run.ts';
import { createEventFeed } from '../job/event-feed.ts';
import type { JobHandle, JobResult, RentEvent } from '../job/job-handle.ts';
import { randomWord } from '../job/random-word.ts';
import { type RentJob, toJobSpec } from '../job/rent-job.ts';
import type { RunOptions } from './options.ts';

const DEFAULT_TIMEOUT_MILLISECONDS = 300_000;

export type StartRunOptions = RunOptions & {
  readonly watch: boolean;
  readonly nodes: number;
  readonly party?: Party | undefined;
};

/** A run, and the handle that its owner holds. */
export function createRun(
  spec: JobSpec,
  options: Pick<Run, 'id' | 'label' | 'deadline' | 'inputBytes' | 'nodes' | 'watch' | 'party' | 'feed'> & {
    readonly settle: Pick<Run, 'resolve' | 'reject'>;
  },
): Run {
  const { settle, ...rest } = options;
  return {
    ...rest,
    ...settle,
    spec,
    group: groupOf(spec, options.inputBytes),
    tries: [],
    excluded: new Map(),
    failures: [],
    checkpoint: undefined,
    notBefore: 0,
    stuckSince: undefined,
    isOver: false,
    winner: undefined,
  };
}

/** Starts a job: its content is imported, then the fleet has it. What goes wrong is in the handle. */
export function startRun(
  fleet: Fleet,
  content: RentContent,
  job: RentJob,
  options: StartRunOptions,
): { handle: JobHandle; ready: Promise<void> } {
  const id = randomWord().slice(2, 34);
  const { feed, settle, result } = createOutcome();
  let run: Run | undefined;
  let isStopped = false;
  const begin = async (): Promise<void> => {
    const spec = await toJobSpec(content, job);
    if (isStopped) throw new RentError('RENT_STOPPED', 'The job was stopped before it began.');
    run = createRun(spec, {
      id,
      label: job.label,
      deadline: deadlineOf(spec, options.timeoutMilliseconds),
      inputBytes: content.sizeOf([spec.module, ...spec.inputs]),
      nodes: options.nodes,
      watch: options.watch,
      party: options.party,
      feed,
      settle,
    });
    fleet.add(run, true);
  };
  const ready = begin().catch((cause: unknown) => {
    const error = cause instanceof MillraceError ? cause : toMillraceError(cause);
    feed.push({ at: Date.now(), type: 'ended', error });
    feed.end();
    settle.reject(error);
  });
  const stop = () => {
    isStopped = true;
    if (run !== undefined) fleet.stop(run);
  };
  return { handle: handleOf(id, job.label, feed, result, stop), ready };
}

/** What becomes of a job, for whoever waits. */
export function createOutcome() {
  const feed = createEventFeed<RentEvent>();
  const settle = {} as { resolve: Run['resolve']; reject: Run['reject'] };
  const result = new Promise<JobResult>((resolve, reject) => {
    settle.resolve = resolve;
    settle.reject = reject;
  });
  // Whoever looks at the events only need not handle the result.
  result.catch(() => undefined);
  return { feed, settle, result };
}

export function handleOf(
  id: string,
  label: string | undefined,
  feed: AsyncIterable<RentEvent>,
  result: Promise<JobResult>,
  stop: () => void,
): JobHandle {
  return { id, label, result, stop, [Symbol.asyncIterator]: () => feed[Symbol.asyncIterator]() };
}

function deadlineOf({ needs, timeMilliseconds }: JobSpec, timeout?: number): number {
  const until = Date.now() + (timeout ?? DEFAULT_TIMEOUT_MILLISECONDS + 3 * timeMilliseconds);
  return needs.deadline === 0n ? until : Math.min(until, Number(needs.deadline) * 1_000);
}
