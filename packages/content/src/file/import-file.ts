import type { BlockStore } from '../block/block-store.ts';
import type { ByteStream } from '../byte-stream.ts';
import type { Cid } from '../cid.ts';
import { chunksOf } from './chunks.ts';
import { createLayout, type Shape } from './layout.ts';

/**
 * The shape of every file here, which is profile `unixfs-v1-2025` of IPIP-499: version 1 CIDs, SHA-256, raw leaves of
 * 1 MiB, a balanced tree of 1,024 links a node. A file of at most one chunk is a single raw block.
 */
export const FILE_SHAPE: Shape = { chunkBytes: 1 << 20, linksPerNode: 1024 };

/**
 * Puts a file in a store and answers its CID: the same for the same bytes, on every machine, however they arrive.
 *
 * @param source bytes, or pieces of any size; at most 1 MiB of them is held at a time.
 *
 * @example
 * ```ts
 * const store = createMemoryStore()
 * const cid = await importFile(store, new TextEncoder().encode('hello'))
 * await exportFile(store, cid, { maxBytes: 1_000 })
 * ```
 */
export async function importFile(
  store: Pick<BlockStore, 'put'>,
  source: Uint8Array | ByteStream,
): Promise<Cid> {
  return importShaped(store, source, FILE_SHAPE);
}

/** The CID that {@link importFile} answers, without keeping anything. */
export async function getFileCid(source: Uint8Array | ByteStream): Promise<Cid> {
  return importShaped({ put: async () => {} }, source, FILE_SHAPE);
}

/** {@link importFile} for any shape: small ones make high trees of few bytes. */
export async function importShaped(
  store: Pick<BlockStore, 'put'>,
  source: Uint8Array | ByteStream,
  shape: Shape,
): Promise<Cid> {
  const layout = createLayout(store, shape);
  if (source instanceof Uint8Array && source.length <= shape.chunkBytes) {
    // Most files are small, and a chunk to be filled is a megabyte.
    await layout.addLeaf(source.slice());
    return (await layout.finish()).cid;
  }
  let isEmpty = true;
  for await (const chunk of chunksOf(source instanceof Uint8Array ? [source] : source, shape.chunkBytes)) {
    isEmpty = false;
    await layout.addLeaf(chunk);
  }
  if (isEmpty) await layout.addLeaf(new Uint8Array());
  return (await layout.finish()).cid;
}
