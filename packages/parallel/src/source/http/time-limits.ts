import { ParallelError } from '../../errors.ts';

export type TimeLimits = { totalSeconds: number; idleSeconds: number };

/** Ends a question when its caller gives up, when it lasts too long, or when nothing comes for too long. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #limits: TimeLimits;
  readonly #outer: AbortSignal | undefined;
  readonly #total: ReturnType<typeof setTimeout>;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #reason: ParallelError | undefined;

  constructor(limits: TimeLimits, outer: AbortSignal | undefined) {
    this.#limits = limits;
    this.#outer = outer;
    const { totalSeconds } = limits;
    this.#total = setTimeout(
      () => this.#end(tooSlow(`took longer than ${totalSeconds} s`)),
      totalSeconds * 1000,
    );
    if (outer?.aborted) this.#interrupt();
    outer?.addEventListener('abort', this.#interrupt);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it was ended, if it was. */
  get reason(): ParallelError | undefined {
    return this.#reason;
  }

  /** Something came: the pause that is allowed begins anew. */
  alive(): void {
    const { idleSeconds } = this.#limits;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(
      () => this.#end(tooSlow(`sent nothing for ${idleSeconds} s`)),
      idleSeconds * 1000,
    );
  }

  /** The reader is busy, not the server. */
  pause(): void {
    clearTimeout(this.#idle);
  }

  release(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#idle);
    this.#outer?.removeEventListener('abort', this.#interrupt);
    // Ends the body when the reader stopped before its end.
    this.#controller.abort();
  }

  readonly #interrupt = () => {
    this.#end(
      new ParallelError('It was interrupted.', {
        code: 'INTERRUPTED',
        fault: 'user',
        retryable: true,
        cause: this.#outer?.reason,
      }),
    );
  };

  #end(reason: ParallelError): void {
    this.#reason ??= reason;
    this.#controller.abort(this.#reason);
  }
}

function tooSlow(what: string): ParallelError {
  return new ParallelError(`The server ${what}.`, {
    code: 'RPC_TIMEOUT',
    fault: 'network',
    retryable: true,
    hint: 'Allow more time, read fewer blocks at once, or use a server that is nearer.',
  });
}
