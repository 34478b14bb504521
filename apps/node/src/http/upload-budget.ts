import type { BlockStore } from '@millrace/content';
import type { Cid } from '@millrace/protocol/compute';
import { RefusalError } from '@millrace/protocol/wire';
import { TokenBuckets } from '../gossip/token-buckets.ts';

const HOUR_SECONDS = 3_600;
/** How many uploads are remembered until a job uses them. */
const REMEMBERED = 16_384;

type Upload = { readonly source: string; readonly bytes: number };

/**
 * How many bytes each source may upload in an hour that no job uses. What a job that was taken is made of costs nothing: it
 * is paid for.
 */
export class UploadBudget {
  private readonly buckets: TokenBuckets;
  private readonly perHour: number;
  /** Oldest first. */
  private readonly uploads = new Map<Cid, Upload>();

  constructor(bytesPerHour: number) {
    this.perHour = bytesPerHour;
    this.buckets = new TokenBuckets({ perSecond: bytesPerHour / HOUR_SECONDS, burst: bytesPerHour });
  }

  /**
   * Takes what an upload may need.
   *
   * @returns what to call with what it did take of the disk, which may be more, and with what came of it.
   * @throws {@link RefusalError} `UPLOAD_LIMIT`
   */
  take(source: string, bytes: number): (used: number, root: Cid | undefined) => void {
    if (!this.buckets.take(source, performance.now(), bytes)) {
      const words = `This address may upload ${this.perHour} bytes an hour that no job uses.`;
      const wait = Math.ceil((bytes / this.perHour) * HOUR_SECONDS * 1_000);
      throw new RefusalError('UPLOAD_LIMIT', words, { asked: bytes, perHour: this.perHour }, wait);
    }
    return (used, root) => {
      this.buckets.giveBack(source, bytes - used);
      if (root !== undefined && used > 0) this.remember(root, { source, bytes: used });
    };
  }

  /** A job that was taken uses this content. */
  use(cids: readonly Cid[]): void {
    for (const cid of cids) {
      const upload = this.uploads.get(cid);
      if (upload === undefined) continue;
      this.uploads.delete(cid);
      this.buckets.giveBack(upload.source, upload.bytes);
    }
  }

  private remember(root: Cid, upload: Upload): void {
    this.uploads.delete(root);
    this.uploads.set(root, upload);
    const [oldest] = this.uploads.keys();
    if (oldest !== undefined && this.uploads.size > REMEMBERED) this.uploads.delete(oldest);
  }
}

/** Disks give space in pages. */
const PAGE_BYTES = 4_096;

/** A store that adds up what new blocks take of the disk. */
export function meterPuts(store: BlockStore): { readonly store: BlockStore; bytes(): number } {
  let bytes = 0;
  const put: BlockStore['put'] = async (cid, block) => {
    if (!(await store.has(cid))) bytes += Math.max(1, Math.ceil(block.length / PAGE_BYTES)) * PAGE_BYTES;
    await store.put(cid, block);
  };
  return { store: { ...store, put }, bytes: () => bytes };
}
