import type { GlobalCell, Memory } from '../engine/web-assembly.ts';
import { SandboxError } from '../sandbox-error.ts';
import type { JobInput, JobListener, Spent } from './job.ts';
import { SeededRandom } from './seeded-random.ts';

const MILLION = 1_000_000;

/** What of a job the host keeps, and not the instance. */
export type HostState = {
  readonly output: Uint8Array;
  /** Bytes of log, those counted that were dropped. */
  readonly loggedBytes: number;
  /** Random bytes drawn. */
  readonly randomPosition: number;
};

/** As a module calls it: with as many numbers as the function has. */
type HostCall = (first: number, second: number, third: number) => unknown;

/** What the functions that a job imports do. */
export class JobHost {
  readonly random: SeededRandom;
  private memory: Memory | undefined;
  private fuel: GlobalCell | undefined;
  private readonly job: JobInput;
  private readonly listener: JobListener;
  private readonly onCall: ((spent: () => Spent) => void) | undefined;
  private written: Uint8Array[] = [];
  private writtenBytes = 0;
  private loggedBytes = 0;

  /** @param onCall before the host does anything that the job asks for */
  constructor(job: JobInput, listener: JobListener, onCall?: (spent: () => Spent) => void) {
    this.job = job;
    this.listener = listener;
    this.onCall = onCall;
    this.random = new SeededRandom(job.seed);
  }

  /** The instance's memory and what fuel is left, once there is an instance. */
  attach(memory: Memory, fuel: GlobalCell): void {
    this.memory = memory;
    this.fuel = fuel;
  }

  /** To instantiate with. */
  get imports(): object {
    const { listener } = this;
    const functions: Record<string, HostCall> = {
      input_length: () => this.job.input.length,
      input_read: (to, offset, length) => this.read(to >>> 0, offset >>> 0, length >>> 0),
      output_write: (from, length) => this.write(from, length),
      log: (from, length) => this.log(from, length),
      progress: (millionths) => listener.onProgress?.(Math.min(millionths >>> 0, MILLION), this.spent()),
      random: (to, length) => this.random.fill(this.view(to, length)),
    };
    const { onCall } = this;
    const spent = () => this.spent();
    return { millrace: onCall ? announced(functions, () => onCall(spent)) : functions };
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

  state(): HostState {
    return {
      output: this.output(),
      loggedBytes: this.loggedBytes,
      randomPosition: this.random.position,
    };
  }

  /** Goes on where another host was. */
  restore({ output, loggedBytes, randomPosition }: HostState): void {
    this.written = [output];
    this.writtenBytes = output.length;
    this.loggedBytes = loggedBytes;
    this.random.seek(randomPosition);
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
    const kept = part.slice();
    this.listener.onOutput?.(kept, { ...this.spent(), offset: this.writtenBytes });
    this.writtenBytes += kept.length;
    this.written.push(kept);
  }

  private log(from: number, length: number): void {
    const line = this.view(from, length);
    this.loggedBytes += line.length + 1;
    if (this.loggedBytes <= this.job.limits.logBytes) this.listener.onLog?.(line.slice(), this.spent());
  }

  private spent(): Spent {
    return { fuel: this.job.limits.fuel - BigInt((this.fuel as GlobalCell).value) };
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

function announced(functions: Record<string, HostCall>, onCall: () => void): object {
  const announce = (perform: HostCall): HostCall => {
    return (first, second, third) => {
      onCall();
      return perform(first, second, third);
    };
  };
  return Object.fromEntries(Object.entries(functions).map(([name, perform]) => [name, announce(perform)]));
}
