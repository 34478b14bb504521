import TinyQueue from 'tinyqueue';
import type { Run, Schedule } from './schedule.ts';

/** Identical cores and a clock that counts gas. */
export class Cores {
  readonly #free: TinyQueue<number>;
  readonly #busy = new TinyQueue<Run>([], (a, b) => a.end - b.end || a.index - b.index);
  readonly #runs: Run[] = [];
  #now = 0;

  constructor(count: number) {
    this.#free = new TinyQueue(Array.from({ length: count }, (_, core) => core));
  }

  get now(): number {
    return this.#now;
  }

  get hasFree(): boolean {
    return this.#free.length > 0;
  }

  get isIdle(): boolean {
    return this.#busy.length === 0;
  }

  /** On the free core with the lowest number, from now on. */
  start(index: number, gas: number, isRerun = false): void {
    const core = this.#free.pop();
    if (core === undefined) throw new RangeError('No core is free.');
    const run = { index, core, start: this.#now, end: this.#now + gas, isRerun };
    this.#runs.push(run);
    this.#busy.push(run);
  }

  /** Lets time pass until something ends; returns what ends then, by index. */
  advance(): Run[] {
    const ended: Run[] = [];
    const end = this.#busy.peek()?.end ?? this.#now;
    this.#now = end;
    while (this.#busy.peek()?.end === end) {
      const run = this.#busy.pop() as Run;
      this.#free.push(run.core);
      ended.push(run);
    }
    return ended;
  }

  schedule(): Schedule {
    const reruns = this.#runs.filter(({ isRerun }) => isRerun).length;
    return { makespan: this.#now, reruns, runs: this.#runs };
  }
}
