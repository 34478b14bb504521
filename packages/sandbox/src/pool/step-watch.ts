import { isClosed } from '../pause/pause-gate.ts';
import type { StandingJob } from '../run/run-job.ts';
import type { Checkpoints } from '../snapshot/checkpoints.ts';
import { takeSnapshot } from '../snapshot/take-snapshot.ts';
import type { Say, SnapshotOrder } from './messages.ts';

const FREE = 0;
const BUSY = 1;
/** A job spends at least so many times as long on itself as on snapshots, however often they are wanted. */
const WORK_FOR_EACH_SNAPSHOT = 9;

type Watched = {
  readonly jobDigest: () => Buffer;
  readonly checkpoints: Checkpoints;
  readonly order: SnapshotOrder;
  readonly gate: Int32Array | undefined;
  readonly say: Say;
};

/** Takes a snapshot between two steps when one is due, and before the job stands still. */
export class StepWatch {
  private readonly watched: Watched;
  private dueAt: number;
  private fuelThen = -1n;

  constructor(watched: Watched) {
    this.watched = watched;
    this.dueAt = performance.now() + watched.order.milliseconds;
  }

  onStep(standing: StandingJob): void {
    const { order, gate } = this.watched;
    const isPausing = gate !== undefined && isClosed(gate);
    if (isPausing) {
      // Whoever pauses a job may want to move it: this one must not be left out.
      Atomics.wait(order.busy, 0, BUSY);
      if (standing.fuel !== this.fuelThen) this.take(standing);
    } else if (performance.now() >= this.dueAt) {
      if (Atomics.load(order.busy, 0) === FREE) this.take(standing);
    }
  }

  private take(standing: StandingJob): void {
    const { jobDigest, checkpoints, order, say } = this.watched;
    const start = performance.now();
    Atomics.store(order.busy, 0, BUSY);
    const snapshot = takeSnapshot(jobDigest(), standing, checkpoints.states);
    say({ kind: 'snapshot', snapshot }, [snapshot.body.buffer]);
    const end = performance.now();
    this.dueAt = end + Math.max(order.milliseconds, WORK_FOR_EACH_SNAPSHOT * (end - start));
    this.fuelThen = standing.fuel;
  }
}

/** Says that a snapshot is compressed. */
export function allowNextSnapshot(busy: Int32Array): void {
  Atomics.store(busy, 0, FREE);
  Atomics.notify(busy, 0);
}
