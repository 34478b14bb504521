import type { FolderBlockStore } from '@millrace/content/folder';
import type { Cid } from '@millrace/protocol/compute';
import type { Hex } from 'viem';
import type { NodeState } from '../journal/state.ts';
import { KeptFiles } from './kept-files.ts';

type Result = { readonly cid: Cid; readonly funding: Hex; hasEnded: boolean };

/** How many ends there are between two looks at what the journal has forgotten. */
const EVERY = 64;

/** Large results: each stays until the journal has forgotten its job. */
export class KeptResults {
  private readonly files: KeptFiles;
  private readonly state: NodeState;
  private readonly mostBytes: number;
  /** Oldest first. */
  private readonly results = new Map<Hex, Result>();
  private ends = 0;

  /** @param mostBytes beyond this, whoever has most results loses the oldest first: also a node that is paid has one disk */
  constructor(store: FolderBlockStore, state: NodeState, mostBytes: number) {
    this.files = new KeptFiles(store);
    this.state = state;
    this.mostBytes = mostBytes;
  }

  /** Takes up what was kept before a restart. @param onLost told of results that are not here any more */
  async restore(onLost: (id: Hex, error: unknown) => void): Promise<void> {
    for (const [id, { facts, end }] of this.state.jobs) {
      const cid = end?.receipt.receipt.result;
      if (end?.result !== undefined || end?.wasDropped || typeof cid !== 'string' || cid === '') continue;
      try {
        await this.files.take(cid);
        this.results.set(id, { cid, funding: facts.funding, hasEnded: true });
      } catch (error) {
        onLost(id, error);
      }
    }
    this.makeRoom(0);
  }

  /** Durable when it resolves. */
  async put(id: Hex, funding: Hex, bytes: Uint8Array): Promise<Cid> {
    this.makeRoom(bytes.length);
    const cid = await this.files.put(bytes);
    // A job that is run again, because its end could not be written down, has one result.
    this.leave(id);
    this.results.set(id, { cid, funding, hasEnded: false });
    return cid;
  }

  /** The end of a job is in the journal: what that has forgotten may go. */
  ended(id: Hex): void {
    const result = this.results.get(id);
    if (result !== undefined) result.hasEnded = true;
    if (++this.ends % EVERY !== 0) return;
    for (const [each, { hasEnded }] of this.results) {
      if (hasEnded && !this.state.jobs.has(each)) this.leave(each);
    }
  }

  private makeRoom(bytes: number): void {
    if (this.files.bytes + bytes <= this.mostBytes) return;
    const sizes = new Map<Hex, number>();
    for (const { cid, funding, hasEnded } of this.results.values()) {
      if (hasEnded) sizes.set(funding, (sizes.get(funding) ?? 0) + this.files.sizeOf(cid));
    }
    while (this.files.bytes + bytes > this.mostBytes && this.leaveOldestOf(largest(sizes), sizes)) {}
  }

  private leaveOldestOf(funding: Hex | undefined, sizes: Map<Hex, number>): boolean {
    for (const [id, result] of this.results) {
      if (result.funding !== funding || !result.hasEnded) continue;
      sizes.set(funding, (sizes.get(funding) ?? 0) - this.files.sizeOf(result.cid));
      this.leave(id);
      return true;
    }
    return false;
  }

  private leave(id: Hex): void {
    const result = this.results.get(id);
    if (result === undefined) return;
    this.results.delete(id);
    this.files.leave(result.cid);
  }
}

function largest(sizes: ReadonlyMap<Hex, number>): Hex | undefined {
  let found: [Hex, number] | undefined;
  for (const each of sizes) if (found === undefined || each[1] > found[1]) found = each;
  return found?.[0];
}
