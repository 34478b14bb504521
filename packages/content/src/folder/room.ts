import type { Cid } from '@millrace/protocol/compute';
import { ContentError } from '../content-error.ts';

/** Disks give space in pages, so a million blocks of one byte are not a megabyte. */
const PAGE_BYTES = 4096;

/** Who is in a store of limited size, and who has to leave. Forgets and remembers at once, without waiting for a disk. */
export type Room = {
  readonly usedBytes: number;
  has(cid: Cid): boolean;
  /** What a block takes; 0 for one that is not here. */
  sizeOf(cid: Cid): number;
  /** It was used just now. */
  touch(cid: Cid): void;
  /**
   * Takes a block in and answers who has to leave for it, least recently used first.
   *
   * @throws {@link ContentError} `CONTENT_FULL` when those that may leave are not enough; then nobody leaves.
   */
  enter(cid: Cid, bytes: number): Cid[];
  /** Takes in what is there already, whether there is room or not. */
  enterAsFound(cid: Cid, bytes: number): void;
  leave(cid: Cid): void;
  /** Who has to leave so that no more than `bytes` are used, as far as possible. They have left. */
  shrinkTo(bytes: number): Cid[];
};

export function createRoom(maxBytes: number, isPinned: (cid: Cid) => boolean): Room {
  /** What each costs, least recently used first. */
  const costs = new Map<Cid, number>();
  let usedBytes = 0;

  function leave(cid: Cid): void {
    usedBytes -= costs.get(cid) ?? 0;
    costs.delete(cid);
  }

  function take(cid: Cid, cost: number): void {
    leave(cid);
    costs.set(cid, cost);
    usedBytes += cost;
  }

  /** Those that may leave, until no more than `bytes` are used. */
  function choose(bytes: number): { chosen: Cid[]; left: number } {
    const chosen: Cid[] = [];
    let left = usedBytes;
    for (const [cid, cost] of costs) {
      if (left <= bytes) break;
      if (isPinned(cid)) continue;
      chosen.push(cid);
      left -= cost;
    }
    return { chosen, left };
  }

  return {
    get usedBytes() {
      return usedBytes;
    },
    has: (cid) => costs.has(cid),
    sizeOf: (cid) => costs.get(cid) ?? 0,
    touch(cid) {
      const cost = costs.get(cid);
      if (cost === undefined) return;
      costs.delete(cid);
      costs.set(cid, cost);
    },
    enter(cid, bytes) {
      const cost = costOf(bytes);
      const { chosen, left } = choose(maxBytes - cost);
      if (left + cost > maxBytes) {
        throw new ContentError('CONTENT_FULL', `The store has no room for ${bytes} more bytes.`, {
          maxBytes,
          usedBytes,
        });
      }
      for (const each of chosen) leave(each);
      take(cid, cost);
      return chosen;
    },
    enterAsFound: (cid, bytes) => take(cid, costOf(bytes)),
    leave,
    shrinkTo(bytes) {
      const { chosen } = choose(bytes);
      for (const each of chosen) leave(each);
      return chosen;
    },
  };
}

function costOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / PAGE_BYTES)) * PAGE_BYTES;
}
