import { constants } from 'node:buffer';
import { inflateSync } from 'node:zlib';
import type { JobLimits } from '../run/job.ts';
import { SandboxError } from '../sandbox-error.ts';
import { MOST_CHECKPOINTS } from './checkpoints.ts';
import { HEAD_BYTES, readHead, type SnapshotHead } from './snapshot-head.ts';
import { mostStateBytes } from './state-bytes.ts';
import { invalidSnapshot } from './state-reader.ts';

const CHUNK_BYTES = 1024 * 1024;

/**
 * Opens a snapshot that anybody may have written. Never needs more memory than the job itself may have.
 *
 * @param job digest of the job that is to go on
 * @throws SandboxError `SNAPSHOT_INVALID`, `SNAPSHOT_FOREIGN`
 */
export function readSnapshot(
  bytes: Uint8Array,
  job: Buffer,
  limits: JobLimits,
): { head: SnapshotHead; body: Uint8Array } {
  const head = readHead(bytes);
  if (!head.job.equals(job)) {
    throw new SandboxError('SNAPSHOT_FOREIGN', 'The snapshot was made of another job.');
  }
  const most = mostStateBytes(limits.memoryPages, limits.outputBytes, MOST_CHECKPOINTS);
  if (head.length > Math.min(most, constants.MAX_LENGTH)) {
    throw invalidSnapshot('it is larger than the job may become');
  }
  return { head, body: inflate(bytes.subarray(HEAD_BYTES), head.length) };
}

function inflate(bytes: Uint8Array, length: number): Uint8Array {
  const { buffer, read } = tryInflate(bytes, Math.max(length, 1));
  if (buffer.length === length && read === bytes.length) return buffer;
  throw invalidSnapshot('it has another length than it says');
}

function tryInflate(bytes: Uint8Array, most: number): { buffer: Buffer; read: number } {
  try {
    const options = { maxOutputLength: most, chunkSize: CHUNK_BYTES, info: true };
    // What `info` adds is not in the types.
    const { buffer, engine } = inflateSync(bytes, options) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return { buffer, read: engine.bytesWritten };
  } catch (cause) {
    const { code = '' } = cause as { code?: string };
    if (!code.startsWith('Z_') && code !== 'ERR_BUFFER_TOO_LARGE') throw cause;
    throw invalidSnapshot('it cannot be decompressed', cause);
  }
}
