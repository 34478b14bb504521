import type { Worker } from 'node:worker_threads';
import type { JobListener, JobSnapshot } from '../run/job.ts';
import { SandboxError } from '../sandbox-error.ts';
import type { RawSnapshot } from '../snapshot/take-snapshot.ts';
import { compressSnapshot } from './compress-snapshot.ts';
import type { Answer, Ending, Task } from './messages.ts';
import { startThread } from './start-thread.ts';

/** Hears a task while a thread is at it. */
export type TaskListener = JobListener & {
  readonly onSnapshot?: ((snapshot: JobSnapshot) => void) | undefined;
  /** The thread may take another snapshot. */
  readonly onSnapshotDone?: (() => void) | undefined;
  readonly onPaused?: (() => void) | undefined;
  readonly onResumed?: (() => void) | undefined;
};

type Pending = {
  readonly resolve: (ending: Ending) => void;
  readonly reject: (error: SandboxError) => void;
  readonly listener: TaskListener;
};

/** A worker thread that does one task at a time. */
export class JobThread {
  private readonly worker: Worker;
  private pending: Pending | undefined;
  private lost: SandboxError | undefined;
  readonly ready: Promise<void>;

  constructor() {
    this.worker = startThread();
    this.worker.unref();
    this.ready = new Promise((resolve, reject) => {
      this.worker.on('message', (answer: Answer) =>
        answer.kind === 'ready' ? resolve() : this.hear(answer),
      );
      this.worker.on('error', (cause: Error) => this.fail(lost(cause), reject));
      this.worker.on('exit', () => this.fail(this.lost ?? lost(), reject));
    });
    this.ready.catch(() => {});
  }

  get isLost(): boolean {
    return this.lost !== undefined;
  }

  /** @throws SandboxError what `end` was given, or `HOST_WORKER_LOST` */
  perform(task: Task, listener: TaskListener): Promise<Ending> {
    if (this.lost) return Promise.reject(this.lost);
    this.worker.ref();
    return new Promise((resolve, reject) => {
      this.pending = { resolve, reject, listener };
      this.worker.postMessage(task);
    });
  }

  /** Ends the thread, whatever it does; its task fails with `error`. */
  end(error: SandboxError): Promise<number> {
    this.fail(error);
    return this.worker.terminate();
  }

  private hear(answer: Answer): void {
    const { pending } = this;
    if (!pending) return;
    const { listener } = pending;
    switch (answer.kind) {
      case 'log':
        listener.onLog?.(answer.line, answer.spent);
        return;
      case 'progress':
        listener.onProgress?.(answer.millionths, answer.spent);
        return;
      case 'output':
        listener.onOutput?.(answer.bytes, answer.place);
        return;
      case 'spent':
        listener.onSpent?.(answer.spent);
        return;
      case 'snapshot':
        void this.passOn(answer.snapshot, pending);
        return;
      case 'paused':
        listener.onPaused?.();
        return;
      case 'resumed':
        listener.onResumed?.();
        return;
      default:
        this.settle((each) => each.resolve(answer as Ending));
    }
  }

  /** One that is ready after the job has ended is of no use; one that cannot be compressed must not end the job. */
  private async passOn(raw: RawSnapshot, pending: Pending): Promise<void> {
    const snapshot = await compressSnapshot(raw).catch(() => undefined);
    pending.listener.onSnapshotDone?.();
    if (snapshot && this.pending === pending) pending.listener.onSnapshot?.(snapshot);
  }

  private fail(error: SandboxError, reject?: (error: SandboxError) => void): void {
    this.lost ??= error;
    reject?.(error);
    this.settle((each) => each.reject(error));
  }

  private settle(tell: (pending: Pending) => void): void {
    const { pending } = this;
    this.pending = undefined;
    this.worker.unref();
    if (pending) tell(pending);
  }
}

function lost(cause?: Error & { code?: string }): SandboxError {
  if (cause?.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new SandboxError('HOST_MEMORY', 'The thread ran out of memory.', {}, cause);
  }
  return new SandboxError('HOST_WORKER_LOST', 'The thread that ran the job has ended.', {}, cause);
}
