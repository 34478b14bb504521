import { type MillraceError, toMillraceError } from '@millrace/protocol';
import {
  encodeWire,
  type JobOrder,
  RefusalError,
  type Submit,
  type WirePurpose,
} from '@millrace/protocol/wire';
import { type Hex, stringToBytes } from 'viem';
import { RentError } from '../error/rent-error.ts';
import type { RentHost } from '../host/rent-host.ts';
import type { NodeApi, Submitted } from '../node/node-api.ts';
import type { RentRecord } from '../store/rent-record.ts';
import type { Attempt } from './attempt.ts';
import { soon } from './soon.ts';
import { wait } from './wait.ts';

export type SubmitterParameters = {
  readonly host: RentHost;
  readonly api: NodeApi;
  readonly channel: Hex;
  readonly signal: AbortSignal;
  /** Tells the node of the channel again. */
  readonly announce: () => Promise<void>;
  /** Pays what is due: the node takes no more until then. */
  readonly pay: () => Promise<void>;
  /** The attempt is over, and nothing was run. */
  readonly onRefused: (attempt: Attempt, error: MillraceError) => void;
  /** One that was sent before has ended already: its end may have been counted before a restart. */
  readonly onEndedBefore: (attempt: Attempt) => void;
};

/** Brings attempts to a node, many at once. */
export type Submitter = {
  /** @param isNew whether it has to be written down first */
  add(attempt: Attempt, isNew: boolean): void;
};

const MOST_JOBS = 256;
const MOST_AT_ONCE = 2;
/** How often a node may ask for content that it was sent. */
const MOST_UPLOADS = 3;

export function createSubmitter(parameters: SubmitterParameters): Submitter {
  const { host, api, channel, signal, announce, pay, onRefused, onEndedBefore } = parameters;
  const waiting: Attempt[] = [];
  const fresh = new Set<Attempt>();
  const resent = new WeakSet<Attempt>();
  const uploads = new Map<Attempt, number>();
  let [busy, isScheduled] = [0, false];

  const schedule = (): void => {
    if (isScheduled || busy >= MOST_AT_ONCE || waiting.length === 0) return;
    isScheduled = true;
    // Whatever is given in the same turn travels together.
    soon(() => {
      isScheduled = false;
      const batch = waiting.splice(0, MOST_JOBS).filter(({ state }) => state === 'sending');
      if (batch.length === 0) {
        schedule();
        return;
      }
      busy += 1;
      void deliver(batch)
        .catch((error: unknown) => refuseAll(batch, toMillraceError(error)))
        .finally(() => {
          busy -= 1;
          schedule();
        });
      schedule();
    });
  };

  const refuseAll = (batch: readonly Attempt[], error: MillraceError): void => {
    for (const attempt of batch) if (attempt.state === 'sending') onRefused(attempt, error);
  };

  /** Durable before they leave. */
  const write = async (batch: readonly Attempt[]): Promise<void> => {
    const added = batch.filter((attempt) => fresh.delete(attempt));
    const now = Date.now();
    for (const attempt of added) attempt.sentAt = now;
    if (added.length > 0) await host.store.append(...added.map((attempt) => recordOf(channel, attempt)));
  };

  const deliver = async (batch: readonly Attempt[]): Promise<void> => {
    await write(batch);
    let wasTold = false;
    for (let pause = 100; ; pause = Math.min(2_000, pause * 2)) {
      const wanted = batch.filter(({ state }) => state === 'sending');
      if (wanted.length === 0 || signal.aborted) return;
      try {
        return await hand(wanted);
      } catch (error) {
        const cause = toMillraceError(error);
        if (cause.code === 'REQUEST_NOT_SIGNED' && !wasTold) {
          // The certificate that the node knows may have run out.
          wasTold = true;
          await announce();
        } else await recover(cause, pause);
      }
    }
  };

  const hand = async (batch: readonly Attempt[]): Promise<void> => {
    const at = BigInt(Math.floor(Date.now() / 1_000));
    const submit: Submit = { channel, at, jobs: batch.map(orderOf) };
    // What `signWire` signs is sent as it is: writing down hundreds of jobs twice would cost more than signing them.
    const body = encodeWire(submit);
    const signature = host.session.sign('submit' satisfies WirePurpose, stringToBytes(body));
    const { jobs } = await api.submit(`{"body":${body},"signature":"${signature}"}`);
    if (jobs.length !== batch.length) {
      const details = { sent: batch.length, answered: jobs.length };
      throw new RentError('RENT_ANSWER_INVALID', 'The node does not answer for each job.', details);
    }
    const missing: [Attempt, RefusalError][] = [];
    for (const [index, attempt] of batch.entries()) note(attempt, jobs[index] as Submitted, missing);
    if (missing.length > 0) await provide(missing);
  };

  const note = (attempt: Attempt, answer: Submitted, missing: [Attempt, RefusalError][]): void => {
    if (attempt.state !== 'sending') return;
    if ('refusal' in answer) {
      const error = RefusalError.from(answer.refusal);
      if (error.code === 'CONTENT_MISSING') missing.push([attempt, error]);
      else if (error.code === 'UNPAID') void pay().then(() => again([attempt], 200));
      else onRefused(attempt, error);
      return;
    }
    if (answer.job.id !== attempt.id) {
      const words = 'The node answers for another job.';
      onRefused(attempt, new RentError('RENT_ANSWER_INVALID', words, { asked: attempt.id }));
      return;
    }
    attempt.state = 'taken';
    attempt.waitMilliseconds = answer.job.waitMilliseconds;
    if (answer.job.state === 'running') attempt.startedAt = Date.now();
    attempt.listener.onTaken(attempt);
    if (answer.job.state === 'ended' && resent.has(attempt)) onEndedBefore(attempt);
  };

  /** Uploads what the node lacks, each piece once for the whole batch, and sends the jobs again. */
  const provide = async (missing: readonly [Attempt, RefusalError][]): Promise<void> => {
    const roots = new Set<string>();
    for (const [attempt] of missing) {
      uploads.set(attempt, (uploads.get(attempt) ?? 0) + 1);
      const { spec, resume } = attempt;
      for (const cid of [spec.module, ...spec.inputs]) roots.add(cid);
      if (resume !== undefined) roots.add(resume.checkpoint);
    }
    const sent = await host.content.upload(api, [...roots], signal);
    for (const [attempt, error] of missing) {
      if (sent && (uploads.get(attempt) ?? 0) <= MOST_UPLOADS) again([attempt], 0);
      else onRefused(attempt, lacking(error));
    }
  };

  const again = (attempts: readonly Attempt[], after: number): void => {
    void wait(after, signal).then(() => {
      waiting.push(...attempts);
      schedule();
    });
  };

  /** Waits or mends what can be mended; throws what cannot. */
  const recover = async (error: MillraceError, pause: number): Promise<void> => {
    if (error.code === 'RENT_NODE_UNREACHABLE') return await wait(pause, signal);
    if (!(error instanceof RefusalError)) throw error;
    if (error.code === 'CHANNEL_UNKNOWN') return await announce();
    if (!AFTER_A_WHILE.has(error.code)) throw error;
    await wait(error.retryAfterMilliseconds ?? pause, signal);
  };

  return {
    add(attempt, isNew) {
      if (isNew) fresh.add(attempt);
      else resent.add(attempt);
      waiting.push(attempt);
      schedule();
    },
  };
}

const AFTER_A_WHILE: ReadonlySet<string> = new Set([
  'TOO_MANY_REQUESTS',
  'CHANNEL_NOT_FUNDED',
  'REQUEST_EXPIRED',
]);

function orderOf({ nonce, spec, resume }: Attempt): JobOrder {
  return { nonce, spec, ...(resume && { resume: { checkpoint: resume.checkpoint, fuel: resume.fuel } }) };
}

function recordOf(channel: Hex, { job, nonce, resume, sentAt }: Attempt): RentRecord {
  return {
    type: 'attempt',
    job,
    channel,
    nonce,
    at: sentAt,
    ...(resume && { resume: { checkpoint: resume.checkpoint, fuel: `${resume.fuel}` } }),
  };
}

function lacking(error: RefusalError): MillraceError {
  const words = 'The node lacks content that is not here either.';
  return new RentError('RENT_CONTENT_MISSING', words, error.details, error);
}
