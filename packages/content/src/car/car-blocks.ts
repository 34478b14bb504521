import { decode, encode } from '@ipld/dag-cbor';
import { CID } from 'multiformats/cid';
import type { ByteStream } from '../byte-stream.ts';
import { ContentError } from '../content-error.ts';
import { requireBlockSize } from '../limits.ts';
import { type ByteReader, createByteReader } from './byte-reader.ts';

/** As it stands in a CAR: nothing is verified yet. */
export type UnverifiedBlock = { readonly cid: CID; readonly bytes: Uint8Array };

const MAX_HEADER_BYTES = 1 << 10;
const MAX_CID_BYTES = 64;

/**
 * Reads a CAR (version 1) block by block. A length is looked at before memory is spent on it.
 *
 * @returns its roots, and what stands behind them.
 * @throws {@link ContentError} `CONTENT_INVALID`, `CONTENT_CORRUPT` when it ends in the middle, `CONTENT_TOO_LARGE`.
 */
export async function openCar(
  stream: ByteStream,
): Promise<{ roots: CID[]; blocks: AsyncGenerator<UnverifiedBlock>; close: () => Promise<void> }> {
  const reader = createByteReader(stream);
  try {
    return { roots: await readRoots(reader), blocks: readBlocks(reader), close: reader.close };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function readRoots(reader: ByteReader): Promise<CID[]> {
  const length = (await reader.varint()) ?? 0;
  if (length === 0 || length > MAX_HEADER_BYTES) throw invalidCar('has no header of a CAR');
  const header = decodeHeader(await reader.take(length));
  if (header?.version !== 1) throw invalidCar('is no CAR of version 1');
  const roots = Array.isArray(header.roots) ? header.roots.map((root) => CID.asCID(root)) : [null];
  if (roots.some((root) => root === null)) throw invalidCar('has no roots');
  return roots as CID[];
}

async function* readBlocks(reader: ByteReader): AsyncGenerator<UnverifiedBlock> {
  for (let length = await reader.varint(); length !== undefined; length = await reader.varint()) {
    requireBlockSize(length - MAX_CID_BYTES);
    yield splitSection(await reader.take(length));
  }
}

function splitSection(section: Uint8Array): UnverifiedBlock {
  let cid: CID;
  let bytes: Uint8Array;
  try {
    [cid, bytes] = CID.decodeFirst(section);
  } catch (cause) {
    throw invalidCar('has a block without a name', cause);
  }
  // What is read may be written in other ways: version 0 with the codec of version 1, numbers longer than they need be.
  if (!isSame(cid.bytes, section.subarray(0, section.length - bytes.length)))
    throw invalidCar('has a block whose name is not written as it has to be');
  requireBlockSize(bytes.length);
  return { cid, bytes };
}

function decodeHeader(bytes: Uint8Array): { version?: unknown; roots?: unknown } | null {
  let header: { version?: unknown; roots?: unknown } | null;
  let again: Uint8Array;
  try {
    header = decode(bytes);
    again = encode(header);
  } catch (cause) {
    throw invalidCar('has no header of a CAR', cause);
  }
  // DAG-CBOR has one form of everything.
  if (!isSame(again, bytes)) throw invalidCar('has a header that is not written as it has to be');
  return header;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

export function invalidCar(what: string, cause?: unknown): ContentError {
  return new ContentError('CONTENT_INVALID', `The stream ${what}.`, undefined, cause);
}
