import { constants, createDeflate } from 'node:zlib';
import type { JobSnapshot } from '../run/job.ts';
import type { RawSnapshot } from '../snapshot/take-snapshot.ts';

const CHUNK_BYTES = 1024 * 1024;

/** Compresses in the pool of threads that Node has for such work: neither the job nor the event loop waits for it. */
export async function compressSnapshot({ fuel, state, head, body }: RawSnapshot): Promise<JobSnapshot> {
  const deflate = createDeflate({ level: constants.Z_BEST_SPEED, chunkSize: CHUNK_BYTES });
  deflate.end(body);
  const parts: Uint8Array[] = [head];
  for await (const part of deflate) parts.push(part);
  return { fuel, state, bytes: Buffer.concat(parts) };
}
