import type { Memory } from '../engine/web-assembly.ts';
import { SandboxError } from '../sandbox-error.ts';
import type { JobInput, JobListener } from './job.ts';
import { SeededRandom } from './seeded-random.ts';

const MILLION = 1_000_000;

/** What the functions that a job imports do. */
export class JobHost {
  readonly random: SeededRandom;
  private memory: Memory | undefined;
  private readonly job: JobInput;
  private readonly listener: JobListener;
  private readonly written: Uint8Array[] = [];
  private writtenBytes = 0;
  private loggedBytes = 0;

  constructor(job: JobInput, listener: JobListener) {
    this.job = job;
    this.listener = listener;
    this.random = new SeededRandom(job.seed);
  }

  /** The instance's memory, once there is an instance. */
  attach(memory: Memory): void {
    this.memory = memory;
  }

  /** To instantiate with. */
  get imports(): object {
    return {
      millrace: {
        input_length: () => this.job.input.length,
        input_read: (to: number, offset: number, length: number) =>
          this.read(to >>> 0, offset >>> 0, length >>> 0),
        output_write: (from: number, length: number) => this.write(from, length),
        log: (from: number, length: number) => this.log(from, length),
        progress: (millionths: number) => this.listener.onProgress?.(Math.min(millionths >>> 0, MILLION)),
        random: (to: number, length: number) => this.random.fill(this.view(to, length)),
      },
    };
  }

  /** Everything that was written, in one piece. */
  output(): Uint8Array {
    const output = new Uint8Array(this.writtenBytes);
    let at = 0;
    for (const part of this.written) {
      output.set(part, at);
      at += part.length;
    }
    return output;
  }

  private read(to: number, offset: number, length: number): number {
    const target = this.view(to, length);
    const part = this.job.input.subarray(Math.min(offset, this.job.input.length)).subarray(0, length);
    target.set(part);
    return part.length;
  }

  private write(from: number, length: number): void {
    const part = this.view(from, length);
    const { outputBytes } = this.job.limits;
    if (this.writtenBytes + part.length > outputBytes) {
      throw new SandboxError('JOB_OUTPUT_LIMIT', 'The job wrote more than was ordered.', {
        allowed: outputBytes,
      });
    }
    if (part.length === 0) return;
    this.writtenBytes += part.length;
    this.written.push(part.slice());
  }

  private log(from: number, length: number): void {
    const line = this.view(from, length);
    this.loggedBytes += line.length + 1;
    if (this.loggedBytes <= this.job.limits.logBytes) this.listener.onLog?.(line.slice());
  }

  private view(from: number, length: number): Uint8Array {
    const { buffer } = this.memory as Memory;
    const [start, size] = [from >>> 0, length >>> 0];
    if (start + size > buffer.byteLength) {
      const reason = 'out of bounds memory access';
      throw new SandboxError('JOB_TRAPPED', `The job trapped: ${reason}.`, { reason });
    }
    return new Uint8Array(buffer, start, size);
  }
}
