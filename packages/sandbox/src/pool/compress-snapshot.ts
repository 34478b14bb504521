import { promisify } from 'node:util';
import { constants, deflate } from 'node:zlib';
import type { JobSnapshot } from '../run/job.ts';
import type { RawSnapshot } from '../snapshot/take-snapshot.ts';

const CHUNK_BYTES = 1024 * 1024;
const compress = promisify(deflate);

/** Compresses in the pool of threads that Node has for such work: neither the job nor the event loop waits for it. */
export async function compressSnapshot({ fuel, state, head, body }: RawSnapshot): Promise<JobSnapshot> {
  const compressed = await compress(body, { level: constants.Z_BEST_SPEED, chunkSize: CHUNK_BYTES });
  return { fuel, state, bytes: Buffer.concat([head, compressed]) };
}
