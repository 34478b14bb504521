import type { FolderBlockStore } from '@millrace/content/folder';
import type { Cid } from '@millrace/protocol/compute';
import type { Hex } from 'viem';
import type { NodeState } from '../journal/state.ts';
import { KeptFiles } from './kept-files.ts';

/** The newest, and the one before: it may be that the newest is not in the journal yet. */
const KEPT = 2;

/** Snapshots of jobs that run: the last ones stay until their job has ended. */
export class KeptSnapshots {
  private readonly files: KeptFiles;
  /** Oldest first. */
  private readonly jobs = new Map<Hex, Cid[]>();

  constructor(store: FolderBlockStore) {
    this.files = new KeptFiles(store);
  }

  /** Takes up what was kept before a restart; a job whose snapshot is lost begins anew. */
  async restore(state: NodeState, onLost: (id: Hex, error: unknown) => void): Promise<void> {
    for (const [id, { checkpoint, end }] of state.jobs) {
      if (end !== undefined || checkpoint === undefined) continue;
      try {
        await this.files.take(checkpoint.checkpoint);
        this.jobs.set(id, [checkpoint.checkpoint]);
      } catch (error) {
        onLost(id, error);
      }
    }
  }

  /** Durable when it resolves. */
  async put(id: Hex, bytes: Uint8Array): Promise<Cid> {
    const cid = await this.files.put(bytes);
    const kept = [...(this.jobs.get(id) ?? []), cid];
    for (const old of kept.splice(0, kept.length - KEPT)) this.files.leave(old);
    this.jobs.set(id, kept);
    return cid;
  }

  ended(id: Hex): void {
    for (const cid of this.jobs.get(id) ?? []) this.files.leave(cid);
    this.jobs.delete(id);
  }
}
