import type { Snapshot } from '@millrace/runtimes';
import { zeroHash } from 'viem';
import type { Core } from '../core.ts';
import { describeError } from '../errors.ts';
import type { LiveJob } from './live-job.ts';

/** The memory of a job and what the host keeps of it. */
const MOST_BYTES = 2 ** 32;

/** Keeps a snapshot, and tells whoever follows the job; without one the job only goes back further after a crash. */
export async function saveSnapshot(core: Core, job: LiveJob, snapshot: Snapshot): Promise<void> {
  try {
    const microseconds = job.meter.microseconds(performance.now()).toString();
    const cid = await core.content.put(snapshot.bytes);
    const { fuel, state } = snapshot;
    const checkpoint = { checkpoint: cid, fuel: fuel.toString(), state, microseconds };
    await core.journal.append({ t: 'checkpoint', id: job.id, checkpoint });
    if (job.log.isClosed) return;
    job.checkpoint = checkpoint;
    job.log.add({ type: 'checkpoint', checkpoint: cid, fuel, state }, Date.now());
  } catch (error) {
    core.log.warn({ job: job.id, error: describeError(error) }, 'a snapshot was not kept');
  }
}

/** Where a job goes on: its own last snapshot, or the one that its order names. */
export async function loadSnapshot(core: Core, job: LiveJob): Promise<Snapshot | undefined> {
  const place = job.checkpoint ?? job.facts.resume;
  if (place === undefined) return undefined;
  const bytes = await core.content.read(place.checkpoint, MOST_BYTES);
  // What it stands for is in the bytes, and the runtime checks it there.
  return { fuel: BigInt(place.fuel), state: job.checkpoint?.state ?? zeroHash, bytes };
}
