import { decode, encode, type PBNode } from '@ipld/dag-pb';
import { UnixFS } from 'ipfs-unixfs';
import { type Cid, codecOf, DAG_PB, parseCid, RAW, textOf } from '../cid.ts';
import { ContentError } from '../content-error.ts';

/** A part of a file: its CID, the bytes of the file in it, and the bytes of all its blocks. */
export type Part = { readonly cid: Cid; readonly fileBytes: number; readonly totalBytes: number };

/** One block of a file, read: bytes that stand before its parts, and the parts in order. */
export type FileNode = {
  readonly data: Uint8Array;
  readonly parts: readonly { cid: Cid; fileBytes: number }[];
  readonly fileBytes: number;
};

/** A node that holds nothing but parts. */
export function encodeFileNode(parts: readonly Part[]): Uint8Array {
  const blockSizes = parts.map(({ fileBytes }) => BigInt(fileBytes));
  const Links = parts.map(({ cid, totalBytes }) => ({ Name: '', Tsize: totalBytes, Hash: parseCid(cid) }));
  return encode({ Data: new UnixFS({ type: 'file', blockSizes }).marshal(), Links });
}

/**
 * Reads a block of a file.
 *
 * @throws {@link ContentError} `CONTENT_INVALID` when it is none: a directory, another codec, or sizes that contradict
 * each other.
 */
export function decodeFileNode(cid: Cid, bytes: Uint8Array): FileNode {
  if (codecOf(cid) === RAW) return { data: bytes, parts: [], fileBytes: bytes.length };
  const node = decodeNode(cid, bytes);
  const unixfs = readUnixFs(cid, node);
  if (unixfs.type !== 'file' && unixfs.type !== 'raw') throw invalid(cid, `is a ${unixfs.type}, not a file`);
  const { blockSizes, data = new Uint8Array() } = unixfs;
  if (blockSizes.length !== node.Links.length) throw invalid(cid, 'does not say how large its parts are');
  // Empty parts would let a small file have endlessly many.
  if (blockSizes.some((size) => size === 0n)) throw invalid(cid, 'has empty parts');
  const fileBytes = Number(unixfs.fileSize());
  if (!Number.isSafeInteger(fileBytes)) throw invalid(cid, 'has an impossible size');
  const parts = node.Links.map(({ Hash }, at) => ({ cid: textOf(Hash), fileBytes: Number(blockSizes[at]) }));
  return { data, parts, fileBytes };
}

/**
 * What a block links to, file or directory.
 *
 * @throws {@link ContentError} `CONTENT_INVALID` when its codec is neither raw nor dag-pb.
 */
export function linksOf(cid: Cid, bytes: Uint8Array): Cid[] {
  return isLeaf(cid) ? [] : decodeNode(cid, bytes).Links.map(({ Hash }) => textOf(Hash));
}

/** Whether a block links to nothing, whatever is in it. */
export function isLeaf(cid: Cid): boolean {
  return codecOf(cid) === RAW;
}

function decodeNode(cid: Cid, bytes: Uint8Array): PBNode {
  if (codecOf(cid) !== DAG_PB) throw invalid(cid, 'is neither raw nor dag-pb');
  try {
    return decode(bytes);
  } catch (cause) {
    throw invalid(cid, 'is no dag-pb', cause);
  }
}

function readUnixFs(cid: Cid, { Data }: PBNode): UnixFS {
  try {
    return UnixFS.unmarshal(Data as Uint8Array);
  } catch (cause) {
    throw invalid(cid, 'is no UnixFS', cause);
  }
}

function invalid(cid: Cid, what: string, cause?: unknown): ContentError {
  return new ContentError('CONTENT_INVALID', `${cid} ${what}.`, { cid }, cause);
}
