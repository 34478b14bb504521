import { type Cid, isCid } from '@millrace/protocol/compute';
import { CID } from 'multiformats/cid';
import { create } from 'multiformats/hashes/digest';
import { ContentError } from './content-error.ts';
import { sha256 } from './sha256.ts';

export type { Cid };

/** Codecs (multicodec table): bytes as they are, and the nodes of UnixFS. */
export const RAW = 0x55;
export const DAG_PB = 0x70;

const SHA_256 = 0x12;
const DIGEST_BYTES = 32;
/** Larger codecs than three bytes of varint are not in use. */
const CODECS = 1 << 21;

/** How the canonical texts of both codecs begin: their first 30 bits are version, codec and hash. */
const PREFIXES = [
  ['bafkrei', RAW],
  ['bafybei', DAG_PB],
] as const;

/** The CID of a block: version 1, SHA-256. */
export async function cidOf(codec: typeof RAW | typeof DAG_PB, bytes: Uint8Array): Promise<Cid> {
  return CID.createV1(codec, create(SHA_256, await sha256(bytes))).toString();
}

/**
 * The one canonical text of a CID: version 1, base32 in lower case, as `isCid` of `@millrace/protocol/compute` wants it.
 * Version 0 is the same content under an older name.
 *
 * @throws {@link ContentError} `CONTENT_INVALID` when its hash is not SHA-256.
 */
export function textOf(cid: CID): Cid {
  if (isSha256(cid)) return cid.toV1().toString();
  throw new ContentError('CONTENT_INVALID', 'A content identifier does not use SHA-256.', {
    cid: cid.toString().slice(0, 100),
  });
}

/** Whether a CID has a text of the one kind that is used here. */
export function isSha256({ code, multihash }: CID): boolean {
  return multihash.code === SHA_256 && multihash.digest.length === DIGEST_BYTES && code < CODECS;
}

/** The codec of a canonical CID; `undefined` for all others. */
export function codecOf(cid: Cid): typeof RAW | typeof DAG_PB | undefined {
  return PREFIXES.find(([prefix]) => cid.startsWith(prefix))?.[1];
}

/**
 * The parts of a canonical CID.
 *
 * @throws {@link ContentError} `CONTENT_INVALID`
 */
export function parseCid(text: Cid): CID {
  if (isCid(text)) return CID.parse(text);
  throw new ContentError('CONTENT_INVALID', `“${String(text).slice(0, 80)}” is no content identifier.`);
}

/**
 * Makes sure that bytes are those of a CID.
 *
 * @throws {@link ContentError} `CONTENT_CORRUPT`
 */
export async function verifyBlock(cid: Cid, bytes: Uint8Array): Promise<void> {
  const { digest } = parseCid(cid).multihash;
  const actual = await sha256(bytes);
  if (digest.every((byte, at) => byte === actual[at])) return;
  throw new ContentError('CONTENT_CORRUPT', `A block is not what ${cid} stands for.`, { cid });
}
