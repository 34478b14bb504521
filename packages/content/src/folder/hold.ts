import type { BlockStore } from '../block/block-store.ts';
import type { Cid } from '../cid.ts';
import type { Pins } from './pins.ts';

/** Content in use: what is added or put stays until it is released, or the process ends. */
export type Hold = Pick<BlockStore, 'put'> & {
  /** What it holds takes so much of the disk, in pages of 4 KiB. */
  readonly bytes: number;
  /**
   * Holds a whole piece of content. All of it has to be there.
   *
   * @throws `ContentError` `CONTENT_NOT_FOUND`, `CONTENT_INVALID`, `CONTENT_TOO_LARGE`
   */
  add(root: Cid): Promise<void>;
  /** Gives up all of it. */
  release(): void;
};

/** @param holdAll holds the blocks of a piece of content, and answers which */
export function createHold(
  pins: Pick<Pins, 'hold' | 'release'>,
  sizeOf: (cid: Cid) => number,
  put: BlockStore['put'],
  holdAll: (root: Cid) => Promise<Cid[]>,
): Hold {
  const held = new Set<Cid>();

  return {
    get bytes() {
      let sum = 0;
      for (const cid of held) sum += sizeOf(cid);
      return sum;
    },
    async add(root) {
      const blocks = await holdAll(root);
      pins.release(blocks.filter((cid) => held.has(cid)));
      for (const cid of blocks) held.add(cid);
    },
    async put(cid, bytes) {
      // Held before it is there, so that it cannot leave in between.
      if (!held.has(cid)) pins.hold(cid);
      held.add(cid);
      await put(cid, bytes);
    },
    release() {
      pins.release([...held]);
      held.clear();
    },
  };
}
