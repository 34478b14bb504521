import { existsSync } from 'node:fs';
import { sessionKeyOf } from '@millrace/protocol/compute';
import {
  encodeWire,
  type JobStatus,
  jobStatusSchema,
  RefusalError,
  ROUTES,
  signWire,
} from '@millrace/protocol/wire';
import { askNode } from '../node/ask-node.ts';
import type { Session } from '../session.ts';
import { pause } from '../terminal/pause.ts';
import { type FoundJob, placeOf } from './find-job.ts';
import { readBooks } from './slots.ts';

const ATTENDED_MILLISECONDS = 2_000;
const LOOK_MILLISECONDS = 50;

/**
 * Lets whoever attends a job end it. Were its node told first, a job that ends without its owner would look like one that its
 * node has dropped, and would be moved. Returns after a while at the latest: the stop is written down.
 *
 * @param journal the file of the books
 */
export async function awaitStopped(journal: string, job: string, signal: AbortSignal): Promise<void> {
  const until = Date.now() + ATTENDED_MILLISECONDS;
  while (existsSync(`${journal}.lock`) && Date.now() < until && !signal.aborted) {
    const { jobs } = await readBooks(journal);
    if (jobs.get(job)?.ended !== undefined) return;
    await pause(LOOK_MILLISECONDS, signal);
  }
}

/** Tells the node that has a job last to stop it. @returns how far it is; `undefined` when no node has it, or it cannot be asked */
export async function tellNodeToStop(session: Session, found: FoundJob): Promise<JobStatus | undefined> {
  const place = placeOf(found);
  const secret = found.slot.state.session?.secret;
  if (place === undefined || secret === undefined) return undefined;
  const { signal, settings, terminal } = session;
  const patience = { signal, timeoutMilliseconds: settings.timeoutMilliseconds };
  const at = BigInt(Math.floor(Date.now() / 1_000));
  const body = encodeWire(signWire('stop', { id: place.id, at }, sessionKeyOf(secret)));
  try {
    return await askNode(`${place.endpoint}${ROUTES.stop(place.id)}`, jobStatusSchema, {
      method: 'POST',
      body,
      ...patience,
    });
  } catch (error) {
    if (error instanceof RefusalError && error.code === 'JOB_ENDED') {
      const url = `${place.endpoint}${ROUTES.job(place.id)}`;
      return await askNode(url, jobStatusSchema, patience).catch(() => undefined);
    }
    if (signal.aborted) throw error;
    const words = error instanceof Error ? error.message : String(error);
    terminal.note(`${words} It is paid for what it did until now, at most.`);
    return undefined;
  }
}
