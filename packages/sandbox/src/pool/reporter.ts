import type { JobListener, OutputPlace, Spent } from '../run/job.ts';
import type { Say } from './messages.ts';

/** A job that reports in a tight loop must not fill the memory of its listener. */
const MILLISECONDS_BETWEEN_REPORTS = 50;
const BYTES_AT_ONCE = 64 * 1024;

/** Passes on what a job says, not more often than somebody can read. */
export class Reporter {
  readonly listener: JobListener;
  private readonly say: Say;
  private progressAt = 0;
  private outputAt = 0;
  private parts: Uint8Array[] = [];
  private bytes = 0;
  private place: OutputPlace = { fuel: 0n, offset: 0 };
  private readonly hearsSpent: boolean;
  private spentAt = performance.now();

  constructor(say: Say, { hearsOutput, hearsSpent }: { hearsOutput: boolean; hearsSpent: boolean }) {
    this.say = say;
    this.hearsSpent = hearsSpent;
    this.listener = {
      onLog: (line, spent) => say({ kind: 'log', line, spent }),
      onProgress: (millionths, spent) => this.progress(millionths, spent),
      onOutput: hearsOutput ? (part, place) => this.output(part, place) : undefined,
    };
  }

  /** Whenever the job gives us a moment: what has waited long enough is passed on. */
  tick(): void {
    if (this.bytes > 0 && performance.now() - this.outputAt >= MILLISECONDS_BETWEEN_REPORTS) this.flush();
  }

  /** A job that says nothing may still be metered. */
  beat(spent: () => Spent): void {
    if (!this.hearsSpent) return;
    const now = performance.now();
    if (now - this.spentAt < MILLISECONDS_BETWEEN_REPORTS) return;
    this.spentAt = now;
    this.say({ kind: 'spent', spent: spent() });
  }

  flush(): void {
    if (this.bytes === 0) return;
    const bytes = new Uint8Array(this.bytes);
    let at = 0;
    for (const part of this.parts) {
      bytes.set(part, at);
      at += part.length;
    }
    this.parts = [];
    this.bytes = 0;
    this.outputAt = performance.now();
    this.say({ kind: 'output', bytes, place: this.place }, [bytes.buffer]);
  }

  private progress(millionths: number, spent: Spent): void {
    const now = performance.now();
    if (now - this.progressAt < MILLISECONDS_BETWEEN_REPORTS) return;
    this.progressAt = now;
    this.spentAt = now;
    this.say({ kind: 'progress', millionths, spent });
  }

  private output(part: Uint8Array, { fuel, offset }: OutputPlace): void {
    this.place = { fuel, offset: this.bytes === 0 ? offset : this.place.offset };
    this.parts.push(part);
    this.bytes += part.length;
    if (this.bytes >= BYTES_AT_ONCE) this.flush();
    else this.tick();
  }
}
