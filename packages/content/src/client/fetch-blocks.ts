import type { BlockStore } from '../block/block-store.ts';
import { atMost, concatBytes } from '../byte-stream.ts';
import { readCar } from '../car/read-car.ts';
import { type Cid, verifyBlock } from '../cid.ts';
import { CAR_TYPE, RAW_TYPE } from '../gateway/wanted.ts';
import { MAX_BLOCK_BYTES } from '../limits.ts';
import { askGateway, type ClientOptions, pathOf } from './ask-gateway.ts';

/** What may be sent beyond the file: names of blocks, nodes, and blocks that are sent twice. */
const EXTRA_BYTES = 8 << 20;

/** How much is taken for a file of at most `fileBytes`. */
export function mostTransferred(fileBytes: number): number {
  return 2 * fileBytes + EXTRA_BYTES;
}

/**
 * Takes from one gateway what it sends of a file. Every block is verified; those that came before a failure remain.
 *
 * @throws {@link ContentError}
 */
export async function fetchCar(
  store: BlockStore,
  gateway: string,
  cid: Cid,
  maxBytes: number,
  onBlock: (cid: Cid, bytes: Uint8Array) => void,
  options: ClientOptions,
): Promise<void> {
  const answer = await askGateway(gateway, pathOf(cid, 'car'), CAR_TYPE, options);
  try {
    await readCar(store, answer.body, {
      root: cid,
      maxBytes,
      partial: true,
      lenient: true,
      onBlock: (each, bytes) => {
        answer.progress();
        onBlock(each, bytes);
      },
    });
  } finally {
    answer.close();
  }
}

/**
 * One block from one gateway.
 *
 * @throws {@link ContentError}
 */
export async function fetchBlock(gateway: string, cid: Cid, options: ClientOptions): Promise<Uint8Array> {
  const answer = await askGateway(gateway, pathOf(cid, 'raw'), RAW_TYPE, options);
  try {
    const pieces: Uint8Array[] = [];
    for await (const piece of atMost(MAX_BLOCK_BYTES, answer.body)) pieces.push(piece);
    const bytes = concatBytes(pieces);
    await verifyBlock(cid, bytes);
    return bytes;
  } finally {
    answer.close();
  }
}
