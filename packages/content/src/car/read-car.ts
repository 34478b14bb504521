import type { CID } from 'multiformats/cid';
import type { BlockStore } from '../block/block-store.ts';
import { requireAll } from '../block/walk-blocks.ts';
import { atMost, type ByteStream } from '../byte-stream.ts';
import { type Cid, isSha256, textOf, verifyBlock } from '../cid.ts';
import { ContentError } from '../content-error.ts';
import { linksOf } from '../file/node.ts';
import { type ContentLimits, createMeter, MAX_BLOCKS, MAX_DEPTH } from '../limits.ts';
import { invalidCar, openCar } from './car-blocks.ts';

export type ReadCarOptions = ContentLimits & {
  /** What it has to be a CAR of. */
  readonly root?: Cid | undefined;
  /** Whether a part is enough. Default: all of it has to be in the CAR or in the store. */
  readonly partial?: boolean | undefined;
  /**
   * Passes over blocks that do not belong, and does not ask what the header says of `root`: the specification of gateways
   * leaves both open. Default: they are refused.
   */
  readonly lenient?: boolean | undefined;
  /** Called with each block that was verified, before it is in the store. What it throws ends the reading. */
  readonly onBlock?: ((cid: Cid, bytes: Uint8Array) => void) | undefined;
};

/** What came out of a CAR. */
export type CarContent = { readonly root: Cid; readonly blocks: number; readonly bytes: number };

/**
 * Puts the blocks of a CAR in a store. Each is verified, and is taken only when the root or a block before it links to it:
 * a CAR of something else fills no store. After a failure the blocks before it, which are what they say, remain.
 *
 * @param options `maxBytes` counts the stream.
 * @throws {@link ContentError} `CONTENT_CORRUPT` when a block is not what its CID says, does not belong there, or the
 * stream is torn; `CONTENT_NOT_FOUND` when blocks are missing; `CONTENT_INVALID` when it is no CAR, has not one root or
 * another one; `CONTENT_TOO_LARGE`; what the store throws.
 */
export async function readCar(
  store: BlockStore,
  stream: ByteStream,
  options: ReadCarOptions,
): Promise<CarContent> {
  const { maxBlocks = MAX_BLOCKS, partial = false, lenient = false, onBlock } = options;
  const car = await openCar(atMost(options.maxBytes, stream));
  const meter = createMeter(options);
  let root: Cid;
  try {
    root = lenient && options.root !== undefined ? options.root : onlyRoot(car.roots, options.root);
    /** How deep each block stands that was linked to. */
    const depths = new Map<Cid, number>([[root, 0]]);
    const taken = new Set<Cid>();
    for await (const { cid: name, bytes } of car.blocks) {
      const cid = lenient && !isSha256(name) ? '' : textOf(name);
      const depth = depths.get(cid);
      if (depth === undefined && lenient) continue;
      if (depth === undefined) throw stray(cid);
      meter.add(bytes.length);
      if (taken.has(cid)) continue;
      await verifyBlock(cid, bytes);
      onBlock?.(cid, bytes);
      noteLinks(depths, linksOf(cid, bytes), depth + 1, maxBlocks);
      await store.put(cid, bytes);
      taken.add(cid);
    }
  } finally {
    await car.close();
  }
  if (!partial) await requireAll(store, root, { maxBlocks });
  return { root, blocks: meter.blocks, bytes: meter.bytes };
}

/** @throws {@link ContentError} `CONTENT_INVALID`, `CONTENT_CORRUPT` */
function onlyRoot([first, ...more]: readonly CID[], expected: Cid | undefined): Cid {
  if (first === undefined || more.length > 0) throw invalidCar('has not exactly one root');
  const root = textOf(first);
  if (root !== (expected ?? root)) throw wrongRoot(expected, root);
  return root;
}

function noteLinks(depths: Map<Cid, number>, links: Cid[], depth: number, maxBlocks: number) {
  const isTooMuch = links.length > 0 && (depth > MAX_DEPTH || depths.size > maxBlocks);
  if (isTooMuch) throw new ContentError('CONTENT_TOO_LARGE', 'It has too many blocks or levels.', { depth });
  for (const link of links) if (!depths.has(link)) depths.set(link, depth);
}

function wrongRoot(expected: Cid | undefined, actual: Cid): ContentError {
  return new ContentError('CONTENT_CORRUPT', `It is a CAR of ${actual}, not of ${expected}.`, {
    expected,
    actual,
  });
}

function stray(cid: Cid): ContentError {
  return new ContentError('CONTENT_CORRUPT', `The block ${cid} does not belong there.`, { cid });
}
