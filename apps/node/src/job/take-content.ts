import { ContentError } from '@millrace/content';
import type { Cid, JobSpec } from '@millrace/protocol/compute';
import type { JobOrder } from '@millrace/protocol/wire';
import { contentOf, type TakenInputs } from '../content/kept-inputs.ts';
import type { Core } from '../core.ts';
import { refuse } from './admission.ts';

/** What a resumed job and its snapshot may have beyond the inputs. */
const MOST_SNAPSHOT_BYTES = 2 ** 32;
/** A receipt names 1,024 contents at most, the checkpoint being one. */
const MOST_INPUTS_RESUMED = 1_023;

/**
 * Makes sure that all that a job is made of is here, and keeps it here.
 *
 * @throws `RefusalError` `CONTENT_MISSING` (details: cids), `CONTENT_INVALID`, `INPUT_ABOVE_LIMIT`, `CHECKPOINT_INVALID`,
 * `STORE_FULL`
 */
export async function takeContent(
  core: Core,
  spec: JobSpec,
  resume: JobOrder['resume'],
): Promise<TakenInputs> {
  await requireContent(core, spec, resume);
  try {
    const cids = contentOf({ spec, resume });
    const taken = await core.kept.inputs.take(cids);
    return {
      ...taken,
      giveTo: (job) => {
        taken.giveTo(job);
        core.uploads.use(cids);
      },
    };
  } catch (error) {
    // It left after it was looked at.
    if (error instanceof ContentError) throw contentMissing([namedBy(error, spec.module)]);
    throw error;
  }
}

async function requireContent(core: Core, spec: JobSpec, resume: JobOrder['resume']): Promise<void> {
  const { inputBytes } = core.config.limits;
  const missing: Cid[] = [];
  let bytes = 0;
  for (const cid of new Set([spec.module, ...spec.inputs])) {
    bytes += (await sizeOf(core, cid, inputBytes, missing)) ?? 0;
  }
  if (bytes > inputBytes) {
    throw refuse('INPUT_ABOVE_LIMIT', `Module and inputs have ${bytes} bytes, and ${inputBytes} are taken.`, {
      asked: bytes,
      has: inputBytes,
    });
  }
  if (resume !== undefined) await requireCheckpoint(core, spec, resume, missing);
  if (missing.length > 0) throw contentMissing(missing);
}

function contentMissing(cids: readonly Cid[]) {
  return refuse('CONTENT_MISSING', `${cids.length} pieces of content are not here.`, { cids });
}

async function requireCheckpoint(
  core: Core,
  spec: JobSpec,
  { checkpoint, fuel }: NonNullable<JobOrder['resume']>,
  missing: Cid[],
): Promise<void> {
  const details = { checkpoint, fuel, most: spec.fuel };
  if (fuel > spec.fuel)
    throw refuse('CHECKPOINT_INVALID', 'The checkpoint is beyond the fuel of the job.', details);
  if (core.runtimes.get(spec.runtime)?.canResume !== true || spec.inputs.length > MOST_INPUTS_RESUMED) {
    throw refuse('CHECKPOINT_INVALID', `Such a ${spec.runtime} job cannot be resumed here.`, details);
  }
  await sizeOf(core, checkpoint, MOST_SNAPSHOT_BYTES, missing);
}

async function sizeOf(core: Core, cid: Cid, most: number, missing: Cid[]): Promise<number | undefined> {
  try {
    return (await core.content.read(cid, most)).length;
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    if (error.code === 'CONTENT_TOO_LARGE') {
      throw refuse('INPUT_ABOVE_LIMIT', `${cid} has more than the ${most} bytes that are taken.`, {
        cid,
        has: most,
      });
    }
    if (error.code !== 'CONTENT_NOT_FOUND') {
      throw refuse('CONTENT_INVALID', `${cid} is no file: ${error.shortMessage}`, { cid });
    }
    missing.push(namedBy(error, cid));
    return undefined;
  }
}

/** Which block was missing. */
function namedBy({ details }: ContentError, file: Cid): Cid {
  return typeof details?.cid === 'string' ? details.cid : file;
}
