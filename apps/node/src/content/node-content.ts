import { type BlockStore, ContentError, exportFile, getFileCid } from '@millrace/content';
import type { Cid } from '@millrace/protocol/compute';

/** The files of a node: what jobs are made of, and what came of them. */
export type NodeContent = {
  /** What a file is called. */
  cidOf(bytes: Uint8Array): Promise<Cid>;
  /**
   * A whole file. Read only: others read the same bytes.
   *
   * @throws `ContentError` `CONTENT_NOT_FOUND`, `CONTENT_INVALID`, `CONTENT_TOO_LARGE`
   */
  read(cid: Cid, mostBytes: number): Promise<Uint8Array>;
};

/** Files that are kept in memory because they were used lately, bytes. */
const CACHE_BYTES = 64 * 2 ** 20;

/** Files over a store of blocks. */
export function createNodeContent(store: BlockStore, cacheBytes = CACHE_BYTES): NodeContent {
  /** Least recently used first. */
  const cache = new Map<Cid, Uint8Array>();
  let cached = 0;

  const keep = (cid: Cid, bytes: Uint8Array): void => {
    if (bytes.length > cacheBytes / 4) return;
    cached += bytes.length;
    cache.set(cid, bytes);
    for (const [oldest, { length }] of cache) {
      if (cached <= cacheBytes) return;
      cache.delete(oldest);
      cached -= length;
    }
  };

  return {
    cidOf: (bytes) => getFileCid(bytes),
    read: async (cid, mostBytes) => {
      const known = cache.get(cid);
      if (known === undefined) {
        const bytes = await exportFile(store, cid, { maxBytes: mostBytes });
        if (!cache.has(cid)) keep(cid, bytes);
        return bytes;
      }
      if (known.length > mostBytes) {
        throw new ContentError('CONTENT_TOO_LARGE', `It has more than ${mostBytes} bytes.`, {
          cid,
          mostBytes,
        });
      }
      cache.delete(cid);
      cache.set(cid, known);
      return known;
    },
  };
}
