import type { Cid } from '../cid.ts';
import { ContentError } from '../content-error.ts';
import { isLeaf, linksOf } from '../file/node.ts';
import { MAX_BLOCKS, MAX_DEPTH } from '../limits.ts';
import type { BlockStore } from './block-store.ts';
import { blockNotFound, requireBlock } from './require-block.ts';

/** How far a walk goes. */
export type WalkOptions = {
  /** Default: 65,536. */
  readonly maxBlocks?: number | undefined;
  /** `block`: only the first. Default: `all`. */
  readonly scope?: 'block' | 'all' | undefined;
};

/**
 * The CIDs of a piece of content, each once, parents first, depth first in the order of the links.
 *
 * @throws {@link ContentError} `CONTENT_NOT_FOUND` when a block with links is missing, `CONTENT_TOO_LARGE`,
 * `CONTENT_INVALID`.
 */
export async function* walkBlocks(
  store: Pick<BlockStore, 'get'>,
  root: Cid,
  { maxBlocks = MAX_BLOCKS, scope = 'all' }: WalkOptions = {},
): AsyncGenerator<Cid> {
  const seen = new Set<Cid>();
  const steps = [{ cid: root, depth: 0 }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const { cid, depth } = step;
    if (seen.has(cid)) continue;
    seen.add(cid);
    if (seen.size > maxBlocks || depth > MAX_DEPTH) {
      throw new ContentError('CONTENT_TOO_LARGE', `${root} has too many blocks or levels.`, {
        maxBlocks,
        maxDepth: MAX_DEPTH,
      });
    }
    const links = isLeaf(cid) || scope === 'block' ? [] : linksOf(cid, await requireBlock(store, cid));
    yield cid;
    for (const link of links.toReversed()) if (!seen.has(link)) steps.push({ cid: link, depth: depth + 1 });
  }
}

/**
 * Makes sure that all of it is there, and answers how many blocks that is.
 *
 * @throws {@link ContentError} as {@link walkBlocks}.
 */
export async function requireAll(
  store: Pick<BlockStore, 'get' | 'has'>,
  root: Cid,
  options: WalkOptions = {},
): Promise<number> {
  let blocks = 0;
  for await (const cid of walkBlocks(store, root, options)) {
    if (!(await store.has(cid))) throw blockNotFound(cid);
    blocks++;
  }
  return blocks;
}
