import type { Cid } from '../cid.ts';
import { ContentError } from '../content-error.ts';
import type { BlockStore } from './block-store.ts';

/** @throws {@link ContentError} `CONTENT_NOT_FOUND` */
export async function requireBlock(store: Pick<BlockStore, 'get'>, cid: Cid): Promise<Uint8Array> {
  const bytes = await store.get(cid);
  if (bytes === undefined) throw blockNotFound(cid);
  return bytes;
}

export function blockNotFound(cid: Cid): ContentError {
  return new ContentError('CONTENT_NOT_FOUND', `The block ${cid} is not here.`, { cid });
}
