import { SandboxError } from '../sandbox-error.ts';
import { Deadline } from './deadline.ts';
import { JobThread, type TaskListener } from './job-thread.ts';
import type { Ending, Task } from './messages.ts';

/** Until when a task may go on, and how it fails then. */
export type Leash = {
  readonly seconds: number;
  readonly onTimeout: () => SandboxError;
  readonly signal?: AbortSignal | undefined;
};

type Waiting = { readonly give: (thread: JobThread) => void; readonly refuse: (error: SandboxError) => void };

/** A fixed number of threads, warm; tasks wait in line for one. A thread that was ended is replaced at once. */
export class ThreadPool {
  private readonly size: number;
  private readonly idle: JobThread[] = [];
  private readonly all = new Set<JobThread>();
  private readonly waiting: Waiting[] = [];
  private isClosed = false;

  constructor(size: number) {
    this.size = size;
  }

  /** @throws SandboxError when a thread cannot be started */
  async open(): Promise<void> {
    for (let left = this.size; left > 0; left--) this.add();
    await Promise.all([...this.all].map((thread) => thread.ready));
  }

  async perform(task: Task, listener: TaskListener, leash: Leash): Promise<Ending> {
    const thread = await this.take(leash.signal);
    const stop = () => void thread.end(stopped());
    const deadline = new Deadline(leash.seconds, () => void thread.end(leash.onTimeout()));
    const onPaused = () => deadline.stop();
    const onResumed = () => deadline.go();
    leash.signal?.addEventListener('abort', stop, { once: true });
    try {
      return await thread.perform(task, { ...listener, onPaused, onResumed });
    } finally {
      deadline.stop();
      leash.signal?.removeEventListener('abort', stop);
      this.giveBack(thread);
    }
  }

  /** Ends every thread, and what it does. */
  async close(): Promise<void> {
    this.isClosed = true;
    const error = closed();
    for (const { refuse } of this.waiting.splice(0)) refuse(error);
    await Promise.all([...this.all].map((thread) => thread.end(error)));
  }

  private async take(signal: AbortSignal | undefined): Promise<JobThread> {
    if (this.isClosed) throw closed();
    if (signal?.aborted) throw stopped();
    const thread = this.idle.pop();
    if (thread) return thread;
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(stopped());
      };
      const waiting: Waiting = {
        refuse: reject,
        give: (free) => {
          signal?.removeEventListener('abort', leave);
          resolve(free);
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.waiting.push(waiting);
    });
  }

  private giveBack(thread: JobThread): void {
    if (!thread.isLost) this.offer(thread);
    else if (this.all.delete(thread) && !this.isClosed) this.add();
  }

  private add(): void {
    const thread = new JobThread();
    this.all.add(thread);
    // One that does not start fails its first task, and is replaced then.
    void thread.ready.catch(() => {}).then(() => this.offer(thread));
  }

  private offer(thread: JobThread): void {
    const next = this.waiting.shift();
    if (next) next.give(thread);
    else this.idle.push(thread);
  }
}

function closed(): SandboxError {
  return new SandboxError('HOST_CLOSED', 'The sandbox was closed.');
}

function stopped(): SandboxError {
  return new SandboxError('JOB_STOPPED', 'The job was stopped.');
}
