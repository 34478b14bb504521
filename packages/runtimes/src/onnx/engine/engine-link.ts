import type { RuntimeError } from '../../runtime-error.ts';
import type { Answer, Request } from './messages.ts';

/** A thread or a process, seen from outside. */
export type Worker = {
  send(request: Request): void;
  /** Ends it, whatever it does. */
  kill(): Promise<unknown>;
};

type Pending = { readonly resolve: (answer: Answer) => void; readonly reject: (error: RuntimeError) => void };

/** One engine: asked one thing at a time, until it ends or is ended. */
export class EngineLink {
  private pending: Pending | undefined;
  private lost: RuntimeError | undefined;
  private worker: Worker | undefined;

  /** Of the engine’s package; known when it is ready. */
  version = '';

  /** @throws {@link RuntimeError} `HOST_WORKER_LOST` when it ends before it is ready */
  async open(start: (link: EngineLink) => Worker): Promise<this> {
    const answer = await this.exchange(() => {
      this.worker = start(this);
    });
    this.version = answer.kind === 'ready' ? answer.version : '';
    return this;
  }

  /** @throws {@link RuntimeError} what `end` was given */
  ask(request: Request): Promise<Answer> {
    return this.exchange(() => this.worker?.send(request));
  }

  hear(answer: Answer): void {
    this.settle((pending) => pending.resolve(answer));
  }

  /** It fails with `error`, if nothing was the reason before. */
  end(error: RuntimeError): Promise<unknown> {
    this.lost ??= error;
    const { lost } = this;
    this.settle((pending) => pending.reject(lost));
    return this.worker?.kill() ?? Promise.resolve();
  }

  private exchange(begin: () => void): Promise<Answer> {
    if (this.lost) return Promise.reject(this.lost);
    return new Promise((resolve, reject) => {
      this.pending = { resolve, reject };
      begin();
    });
  }

  private settle(tell: (pending: Pending) => void): void {
    const { pending } = this;
    this.pending = undefined;
    if (pending) tell(pending);
  }
}
