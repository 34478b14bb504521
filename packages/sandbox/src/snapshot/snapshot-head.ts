import { invalidSnapshot } from './state-reader.ts';

/** In front of every snapshot: a word that tells what it is, then the version. */
const MAGIC = Buffer.from('MLRS');
const VERSION = 1;
const DIGEST = 32;
/** Magic, version, job, state, fuel, decompressed length. */
export const HEAD_BYTES = MAGIC.length + 1 + DIGEST + DIGEST + 8 + 8;

/** What a snapshot says of itself before anything of it is decompressed. */
export type SnapshotHead = {
  /** SHA-256 of what the job is a function of. */
  readonly job: Buffer;
  /** SHA-256 of its state, hexadecimal. */
  readonly state: string;
  /** Spent. */
  readonly fuel: bigint;
  /** Bytes of the state once decompressed. */
  readonly length: number;
};

export function writeHead({ job, state, fuel, length }: SnapshotHead): Buffer {
  const numbers = Buffer.alloc(16);
  numbers.writeBigUInt64BE(fuel, 0);
  numbers.writeBigUInt64BE(BigInt(length), 8);
  return Buffer.concat([MAGIC, Buffer.of(VERSION), job, Buffer.from(state, 'hex'), numbers]);
}

/** @throws SandboxError `SNAPSHOT_INVALID` */
export function readHead(bytes: Uint8Array): SnapshotHead {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (head.length < HEAD_BYTES || !head.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw invalidSnapshot('it does not begin as one');
  }
  const version = head[MAGIC.length];
  if (version !== VERSION) throw invalidSnapshot(`it is of version ${version}, not ${VERSION}`);
  const start = MAGIC.length + 1;
  return {
    job: head.subarray(start, start + DIGEST),
    state: head.toString('hex', start + DIGEST, start + 2 * DIGEST),
    fuel: head.readBigUInt64BE(start + 2 * DIGEST),
    // Above 2^53 it is above every limit, however it is rounded.
    length: Number(head.readBigUInt64BE(start + 2 * DIGEST + 8)),
  };
}

/**
 * The fuel that a snapshot says was spent when it was taken; `run` holds it to that.
 *
 * @throws SandboxError `SNAPSHOT_INVALID` when it is none
 */
export function fuelOfSnapshot(bytes: Uint8Array): bigint {
  return readHead(bytes).fuel;
}
