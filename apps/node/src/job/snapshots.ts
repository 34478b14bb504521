import type { RuntimeTask, Snapshot } from '@millrace/runtimes';
import type { Core } from '../core.ts';
import { describeError } from '../errors.ts';
import type { LiveJob } from './live-job.ts';

/** The memory of a job and what the host keeps of it. */
const MOST_BYTES = 2 ** 32;

/** Keeps a snapshot, and tells whoever follows the job; without one the job only goes back further after a crash. */
export async function saveSnapshot(
  core: Core,
  job: LiveJob,
  snapshot: Snapshot,
  worked: bigint,
): Promise<void> {
  try {
    const microseconds = worked.toString();
    const cid = await core.kept.snapshots.put(job.id, snapshot.bytes);
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

/** Where a job goes on: its own last snapshot as far as it can be read, or the one that its order names. */
export async function loadSnapshot(core: Core, job: LiveJob): Promise<RuntimeTask['resume']> {
  if (job.checkpoint !== undefined) {
    const { checkpoint, fuel, state } = job.checkpoint;
    try {
      return { fuel: BigInt(fuel), state, bytes: await core.content.read(checkpoint, MOST_BYTES) };
    } catch (error) {
      await forgetSnapshot(core, job, error);
    }
  }
  if (job.facts.resume === undefined) return undefined;
  const { checkpoint, fuel } = job.facts.resume;
  return { fuel: BigInt(fuel), bytes: await core.content.read(checkpoint, MOST_BYTES) };
}

/** The job begins where its order says: its own snapshot is damaged, or was made by another version. */
export async function forgetSnapshot(core: Core, job: LiveJob, error: unknown): Promise<void> {
  const { checkpoint } = job.checkpoint ?? {};
  const facts = { job: job.id, checkpoint, error: describeError(error) };
  core.log.warn(facts, 'a snapshot cannot be used: the job begins anew');
  job.checkpoint = undefined;
  await core.journal.append({ t: 'checkpoint', id: job.id });
}
