import type { Snapshot } from '@millrace/runtimes';

/** Keeps the snapshots of a job one at a time: of those that come meanwhile, the newest. */
export class SnapshotKeeper {
  private readonly keep: (snapshot: Snapshot, microseconds: bigint) => Promise<void>;
  private newest: (() => Promise<void>) | undefined;
  private keeping: Promise<void> | undefined;

  /** @param keep never rejects */
  constructor(keep: (snapshot: Snapshot, microseconds: bigint) => Promise<void>) {
    this.keep = keep;
  }

  /** @param microseconds worked when it was taken */
  add(snapshot: Snapshot, microseconds: bigint): void {
    this.newest = () => this.keep(snapshot, microseconds);
    this.keeping ??= this.keepAll();
  }

  /** The job has its result: what still waits is of no use. */
  drop(): void {
    this.newest = undefined;
  }

  /** Settles when nothing is being kept. */
  async done(): Promise<void> {
    await this.keeping;
  }

  private async keepAll(): Promise<void> {
    for (let next = this.newest; next !== undefined; next = this.newest) {
      this.newest = undefined;
      await next();
    }
    this.keeping = undefined;
  }
}
