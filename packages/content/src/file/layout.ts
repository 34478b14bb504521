import type { BlockStore } from '../block/block-store.ts';
import { cidOf, DAG_PB, RAW } from '../cid.ts';
import { encodeFileNode, type Part } from './node.ts';

/** How a file becomes blocks. Everybody who uses the same shape gets the same CID for the same bytes. */
export type Shape = { readonly chunkBytes: number; readonly linksPerNode: number };

/**
 * Builds a balanced tree from the leaves up, holding no more than one unfinished node of each level.
 *
 * @param store where finished blocks go.
 */
export function createLayout(store: Pick<BlockStore, 'put'>, { linksPerNode }: Shape) {
  const levels: Part[][] = [];

  async function add(part: Part, height: number): Promise<void> {
    let level = levels[height] ?? [];
    // A full node is closed by what comes after it, so that a tree that ends here has no root of one link above it.
    if (level.length === linksPerNode) {
      await add(await close(level), height + 1);
      level = [];
    }
    level.push(part);
    levels[height] = level;
  }

  async function close(parts: readonly Part[]): Promise<Part> {
    const bytes = encodeFileNode(parts);
    const cid = await cidOf(DAG_PB, bytes);
    await store.put(cid, bytes);
    return {
      cid,
      fileBytes: parts.reduce((sum, part) => sum + part.fileBytes, 0),
      totalBytes: parts.reduce((sum, part) => sum + part.totalBytes, bytes.length),
    };
  }

  return {
    async addLeaf(bytes: Uint8Array): Promise<void> {
      const cid = await cidOf(RAW, bytes);
      await store.put(cid, bytes);
      await add({ cid, fileBytes: bytes.length, totalBytes: bytes.length }, 0);
    },
    /** The root, when every leaf was added. */
    async finish(): Promise<Part> {
      for (let height = 0; ; height++) {
        const level = levels[height] as Part[];
        const isTop = height === levels.length - 1;
        if (isTop && level.length === 1) return level[0] as Part;
        await add(await close(level), height + 1);
      }
    },
  };
}
