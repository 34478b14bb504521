import type { BlockStore } from '../block/block-store.ts';
import { requireBlock } from '../block/require-block.ts';
import { concatBytes } from '../byte-stream.ts';
import type { Cid } from '../cid.ts';
import { ContentError } from '../content-error.ts';
import { type ContentLimits, MAX_BLOCKS, MAX_DEPTH, tooManyBytes } from '../limits.ts';
import { decodeFileNode } from './node.ts';

/** What reading a file may cost: its own bytes, and the blocks that are visited (default 65,536). */
export type ReadLimits = ContentLimits;

type Step = { readonly cid: Cid; readonly depth: number; readonly fileBytes?: number };

/**
 * The bytes of a file, in order. Any UnixFS file is read, not only those of {@link importFile}. The store is trusted to
 * give the blocks that belong to their CIDs; what is in the blocks is not.
 *
 * @throws {@link ContentError} `CONTENT_NOT_FOUND`, `CONTENT_INVALID` when it is no file or its sizes contradict each
 * other, `CONTENT_TOO_LARGE`.
 */
export async function* readFile(
  store: Pick<BlockStore, 'get'>,
  cid: Cid,
  { maxBytes, maxBlocks = MAX_BLOCKS }: ReadLimits,
): AsyncGenerator<Uint8Array> {
  const steps: Step[] = [{ cid, depth: 0 }];
  for (let visited = 1; steps.length > 0; visited++) {
    const step = steps.pop() as Step;
    if (visited > maxBlocks) throw tooManyVisits(cid, maxBlocks);
    if (step.depth > MAX_DEPTH) throw tooDeep(cid);
    const node = decodeFileNode(step.cid, await requireBlock(store, step.cid));
    // The size of the root is the sum of all that follows, because every node is held to what its parent said of it.
    if (node.fileBytes > maxBytes) throw tooManyBytes(maxBytes);
    if (node.fileBytes !== (step.fileBytes ?? node.fileBytes)) {
      throw new ContentError('CONTENT_INVALID', `A part of ${cid} is not as large as it says.`, { cid });
    }
    if (node.data.length > 0) yield node.data;
    for (const part of node.parts.toReversed()) steps.push({ ...part, depth: step.depth + 1 });
  }
}

/**
 * A whole file in memory.
 *
 * @throws {@link ContentError} as {@link readFile}; `CONTENT_TOO_LARGE` before anything large was read.
 */
export async function exportFile(
  store: Pick<BlockStore, 'get'>,
  cid: Cid,
  limits: ReadLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readFile(store, cid, limits)) pieces.push(piece);
  return concatBytes(pieces);
}

function tooManyVisits(cid: Cid, maxBlocks: number): ContentError {
  return new ContentError('CONTENT_TOO_LARGE', `The file has more than ${maxBlocks} blocks.`, {
    cid,
    maxBlocks,
  });
}

function tooDeep(cid: Cid): ContentError {
  return new ContentError('CONTENT_TOO_LARGE', `It has more than ${MAX_DEPTH} levels of links.`, { cid });
}
