import type { Cid } from '../cid.ts';
import { ContentError } from '../content-error.ts';
import type { BlockStore } from './block-store.ts';

/** Blocks in memory; those not used for longest make room. */
export type MemoryBlockStore = Required<BlockStore> & {
  /** What it holds, with what holding it costs. */
  readonly usedBytes: number;
};

/** A block costs its bytes and about this much for names and tables: a million empty ones are not free. */
const OVERHEAD_BYTES = 256;

/** A store that is forgotten with the process. `maxBytes` default: no limit. */
export function createMemoryStore({ maxBytes = Infinity }: { maxBytes?: number } = {}): MemoryBlockStore {
  /** Least recently used first. */
  const blocks = new Map<Cid, Uint8Array>();
  let usedBytes = 0;

  function remove(cid: Cid): void {
    const bytes = blocks.get(cid);
    if (bytes === undefined) return;
    blocks.delete(cid);
    usedBytes -= bytes.length + OVERHEAD_BYTES;
  }

  return {
    get usedBytes() {
      return usedBytes;
    },
    get: async (cid) => {
      const bytes = blocks.get(cid);
      if (bytes === undefined) return undefined;
      blocks.delete(cid);
      blocks.set(cid, bytes);
      return bytes;
    },
    put: async (cid, bytes) => {
      const cost = bytes.length + OVERHEAD_BYTES;
      if (cost > maxBytes) {
        throw new ContentError('CONTENT_FULL', `A block is larger than the store of ${maxBytes} bytes.`, {
          maxBytes,
        });
      }
      remove(cid);
      // A slice of a larger buffer would keep all of it.
      const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
      for (const oldest of blocks.keys()) {
        if (usedBytes + cost <= maxBytes) break;
        remove(oldest);
      }
      blocks.set(cid, own);
      usedBytes += cost;
    },
    has: async (cid) => blocks.has(cid),
    delete: async (cid) => remove(cid),
  };
}
