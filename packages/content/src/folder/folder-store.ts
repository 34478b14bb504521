import { join } from 'node:path';
import type { BlockStore } from '../block/block-store.ts';
import { blockNotFound } from '../block/require-block.ts';
import { walkBlocks } from '../block/walk-blocks.ts';
import { type Cid, parseCid, verifyBlock } from '../cid.ts';
import { ContentError } from '../content-error.ts';
import { requireBlockSize } from '../limits.ts';
import { openBlockFiles } from './block-files.ts';
import { createHold, type Hold } from './hold.ts';
import { openPins, type Pin } from './pins.ts';
import { createRoom } from './room.ts';
import { createTurns } from './turns.ts';

/** Blocks in a folder that never grows beyond its limit. */
export type FolderBlockStore = Required<BlockStore> & {
  /** Of the disk, in pages of 4 KiB. */
  readonly usedBytes: number;
  /**
   * Keeps a whole piece of content until the same owner gives it up, over restarts. All of it has to be there.
   *
   * @param owner letters, digits, `-` and `_`: several may want the same content. Default: `kept`.
   * @throws {@link ContentError} `CONTENT_NOT_FOUND`, `CONTENT_INVALID`, `CONTENT_TOO_LARGE`
   */
  pin(root: Cid, owner?: string): Promise<void>;
  unpin(root: Cid, owner?: string): Promise<void>;
  /** What is kept, and for whom. */
  pins(): readonly Pin[];
  /** Keeps content while somebody uses it: cheaper than a pin, and forgotten with the process. */
  hold(): Hold;
  /** Removes what is neither pinned nor held, least recently used first, until no more than `bytes` are used. Default: 0. */
  collect(bytes?: number): Promise<void>;
};

/** How blocks are kept in a folder. */
export type FolderStoreOptions = {
  /**
   * What the folder may take of the disk. What is not pinned makes room for what is new. A limit that was lowered holds from
   * the next block on: call `collect(maxBytes)` once everything is held that has to stay.
   */
  readonly maxBytes: number;
  /** Whether a block survives a power cut once `put` resolves. Default: `true`. */
  readonly durable?: boolean | undefined;
};

/**
 * Opens or makes a folder of blocks. What is read is verified: a block that the disk changed is removed.
 *
 * @throws {@link ContentError} `CONTENT_STORE_FAILED`
 *
 * @example
 * ```ts
 * const store = await openFolderStore('content', { maxBytes: 10 * 2 ** 30 })
 * const cid = await importFile(store, bytes)
 * await store.pin(cid)
 * ```
 */
export async function openFolderStore(
  folder: string,
  { maxBytes, durable = true }: FolderStoreOptions,
): Promise<FolderBlockStore> {
  const inTurn = createTurns<Cid>();
  const writing = new Map<Cid, Promise<unknown>>();
  const [files, pins] = await onDisk(folder, () =>
    Promise.all([openBlockFiles(folder, durable), openPins(join(folder, 'pins'), durable)]),
  );
  const room = createRoom(maxBytes, pins.isPinned);

  // What enters or leaves the room queues for its file in the same breath: the last word of the room is that of the disk.
  async function removeFiles(cids: readonly Cid[]): Promise<void> {
    await Promise.all(cids.map((cid) => inTurn(cid, () => onDisk(folder, () => files.remove(cid)))));
  }

  async function remove(cid: Cid): Promise<void> {
    // Nothing else is a name of a file, whoever says so.
    if (!room.has(cid)) return;
    room.leave(cid);
    await removeFiles([cid]);
  }

  async function get(cid: Cid): Promise<Uint8Array | undefined> {
    if (!room.has(cid)) return undefined;
    room.touch(cid);
    const bytes = await inTurn(cid, () => onDisk(folder, () => files.read(cid)));
    if (bytes === undefined) {
      room.leave(cid);
      return undefined;
    }
    try {
      await verifyBlock(cid, bytes);
    } catch (error) {
      await remove(cid);
      throw error;
    }
    return bytes;
  }

  async function put(cid: Cid, bytes: Uint8Array): Promise<void> {
    parseCid(cid);
    requireBlockSize(bytes.length);
    for (let work = writing.get(cid); work !== undefined; work = writing.get(cid)) await work;
    if (room.has(cid)) return room.touch(cid);
    const leaving = room.enter(cid, bytes.length);
    const work = Promise.all([removeFiles(leaving), inTurn(cid, () => writeOrLeave(cid, bytes))]);
    writing.set(cid, work);
    await work.finally(() => writing.delete(cid));
  }

  async function writeOrLeave(cid: Cid, bytes: Uint8Array): Promise<void> {
    try {
      await onDisk(folder, () => files.write(cid, bytes));
    } catch (error) {
      room.leave(cid);
      throw error;
    }
  }

  /** Waits for whoever is writing it. */
  async function has(cid: Cid): Promise<boolean> {
    return room.has(cid) && inTurn(cid, async () => room.has(cid));
  }

  /** Blocks that are there stay from here on. With `partial`, those that are missing are no failure. */
  async function holdAll(root: Cid, partial: boolean): Promise<Cid[]> {
    const held: Cid[] = [];
    try {
      for await (const cid of walkBlocks({ get }, root)) {
        // Held before it is looked for, so that it cannot leave in between.
        pins.hold(cid);
        held.push(cid);
        if (!partial && !(await has(cid))) throw blockNotFound(cid);
      }
    } catch (error) {
      if (partial && error instanceof ContentError) return held;
      pins.release(held);
      throw error;
    }
    return held;
  }

  const found = await onDisk(folder, files.list);
  for (const { cid, bytes } of found) room.enterAsFound(cid, bytes);
  for (const pin of pins.found) pins.restore(pin, await holdAll(pin.root, true));

  return {
    get usedBytes() {
      return room.usedBytes;
    },
    get,
    put,
    has,
    delete: remove,
    async pin(root, owner = 'kept') {
      const held = await holdAll(root, false);
      try {
        await onDisk(folder, () => pins.add({ root, owner }, held));
      } catch (error) {
        pins.release(held);
        throw error;
      }
    },
    unpin: (root, owner = 'kept') => onDisk(folder, () => pins.remove({ root, owner })),
    pins: () => pins.list(),
    hold: () => createHold(pins, room.sizeOf, put, (root) => holdAll(root, false)),
    collect: (bytes = 0) => removeFiles(room.shrinkTo(bytes)),
  };
}

async function onDisk<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof ContentError) throw cause;
    throw new ContentError('CONTENT_STORE_FAILED', `The store ${folder} cannot be used.`, { folder }, cause);
  }
}
