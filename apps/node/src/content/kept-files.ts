import { importFile } from '@millrace/content';
import type { FolderBlockStore, Hold } from '@millrace/content/folder';
import type { Cid } from '@millrace/protocol/compute';

type Kept = { readonly hold: Hold; ready: Promise<void>; wanted: number; bytes: number };

/** Files that stay in the store for as long as anybody wants them; what many want is held once. */
export class KeptFiles {
  /** What they take of the disk. */
  bytes = 0;
  private readonly store: Pick<FolderBlockStore, 'hold'>;
  private readonly files = new Map<Cid, Kept>();

  constructor(store: Pick<FolderBlockStore, 'hold'>) {
    this.store = store;
  }

  /**
   * One more wants a file.
   *
   * @param block the file, when it is one block that need not be in the store
   * @throws `ContentError` `CONTENT_NOT_FOUND` and others of `Hold`; then nobody more wants it
   */
  async take(cid: Cid, block?: Uint8Array): Promise<void> {
    const kept =
      this.files.get(cid) ?? this.begin(cid, (hold) => (block ? hold.put(cid, block) : hold.add(cid)));
    kept.wanted++;
    await kept.ready;
  }

  /** Puts a file that somebody wants. Durable when it resolves. */
  async put(bytes: Uint8Array): Promise<Cid> {
    const hold = this.store.hold();
    try {
      const cid = await importFile(hold, bytes);
      await this.take(cid);
      return cid;
    } finally {
      hold.release();
    }
  }

  /** One of those who took it wants it no more. */
  leave(cid: Cid): void {
    const kept = this.files.get(cid);
    if (kept === undefined || --kept.wanted > 0) return;
    this.files.delete(cid);
    this.bytes -= kept.bytes;
    kept.hold.release();
  }

  sizeOf(cid: Cid): number {
    return this.files.get(cid)?.bytes ?? 0;
  }

  private begin(cid: Cid, fill: (hold: Hold) => Promise<void>): Kept {
    const kept: Kept = { hold: this.store.hold(), ready: Promise.resolve(), wanted: 0, bytes: 0 };
    this.files.set(cid, kept);
    kept.ready = fill(kept.hold).then(
      () => {
        kept.bytes = kept.hold.bytes;
        this.bytes += kept.bytes;
      },
      (error: unknown) => {
        this.files.delete(cid);
        kept.hold.release();
        throw error;
      },
    );
    return kept;
  }
}
