import { encode } from '@ipld/dag-cbor';
import type { BlockStore } from '../block/block-store.ts';
import { requireBlock } from '../block/require-block.ts';
import { type WalkOptions, walkBlocks } from '../block/walk-blocks.ts';
import { concatBytes } from '../byte-stream.ts';
import { type Cid, parseCid } from '../cid.ts';
import { encodeVarint } from './varint.ts';

/**
 * A CAR (version 1) of a piece of content: parents first, depth first, each block once. The same bytes every time.
 *
 * @throws {@link ContentError} `CONTENT_NOT_FOUND` when a block is missing; what came before it is then a torn CAR, which
 * every reader refuses.
 */
export async function* writeCar(
  store: Pick<BlockStore, 'get'>,
  root: Cid,
  options: WalkOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const header = encode({ version: 1, roots: [parseCid(root)] });
  yield concatBytes([encodeVarint(header.length), header]);
  for await (const cid of walkBlocks(store, root, options)) {
    const bytes = await requireBlock(store, cid);
    const name = parseCid(cid).bytes;
    yield concatBytes([encodeVarint(name.length + bytes.length), name, bytes]);
  }
}
