import { decode } from '@ipld/dag-pb';
import { UnixFS } from 'ipfs-unixfs';
import type { BlockStore } from '../block/block-store.ts';
import { requireBlock } from '../block/require-block.ts';
import { type Cid, codecOf, DAG_PB } from '../cid.ts';
import { decodeFileNode } from './node.ts';

/**
 * The size of a file in bytes, as its first block tells: nothing else is read. Every reader holds the rest to it.
 *
 * @throws {@link ContentError} `CONTENT_NOT_FOUND`, `CONTENT_INVALID`
 */
export async function getFileSize(store: Pick<BlockStore, 'get'>, cid: Cid): Promise<number> {
  return decodeFileNode(cid, await requireBlock(store, cid)).fileBytes;
}

/**
 * Which blocks make one entity, as gateways say it: all of a file, of a directory that which lists its entries. Of a
 * sharded directory it is all, which is more than was asked for.
 */
export function entityScope(cid: Cid, bytes: Uint8Array): 'block' | 'all' {
  if (codecOf(cid) !== DAG_PB) return 'block';
  try {
    const { type } = UnixFS.unmarshal(decode(bytes).Data as Uint8Array);
    return type === 'directory' || type === 'symlink' || type === 'metadata' ? 'block' : 'all';
  } catch {
    return 'block';
  }
}
