const OPEN = 0;
const CLOSED = 1;

/**
 * Makes jobs stand still, and go on, from outside. A job that was given one stops at its next call to the host, or between
 * two steps, keeps its thread and its memory, and spends neither fuel nor time. One gate may hold many jobs.
 *
 * @example
 * ```ts
 * const gate = new PauseGate()
 * const result = sandbox.run({ module, gate })
 * gate.pause()
 * gate.resume()
 * ```
 */
export class PauseGate {
  /** What threads look at: whether it is closed, and how many stand before it. */
  readonly cell = new Int32Array(new SharedArrayBuffer(8));
  private readonly waiting = new Set<() => void>();

  get isPaused(): boolean {
    return isClosed(this.cell);
  }

  /** How many jobs stand before it. A job that runs on without a safe point is not among them. */
  get standing(): number {
    return Atomics.load(this.cell, 1) + this.waiting.size;
  }

  pause(): void {
    Atomics.store(this.cell, 0, CLOSED);
  }

  resume(): void {
    Atomics.store(this.cell, 0, OPEN);
    Atomics.notify(this.cell, 0);
    for (const go of this.waiting) go();
    this.waiting.clear();
  }

  /**
   * For work that no thread of the sandbox does: settles once the gate is open, or the signal is aborted, which does not
   * reject.
   */
  whenOpen(signal?: AbortSignal): Promise<void> {
    if (!this.isPaused || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const go = () => {
        this.waiting.delete(go);
        signal?.removeEventListener('abort', go);
        resolve();
      };
      this.waiting.add(go);
      signal?.addEventListener('abort', go, { once: true });
    });
  }
}

/** @param cell of a gate */
export function isClosed(cell: Int32Array): boolean {
  return Atomics.load(cell, 0) === CLOSED;
}

/** Blocks this thread until the gate is open. */
export function waitUntilOpen(cell: Int32Array): void {
  Atomics.add(cell, 1, 1);
  while (isClosed(cell)) Atomics.wait(cell, 0, CLOSED);
  Atomics.sub(cell, 1, 1);
}
