import type { Duplex } from 'node:stream';
import type Dockerode from 'dockerode';
import { zeroHash } from 'viem';
import { JobClock } from '../job-clock.ts';
import { RuntimeError } from '../runtime-error.ts';
import type { RuntimeResult, RuntimeTask } from '../task.ts';
import { Demultiplexer } from './demultiplexer.ts';
import { engineFailure } from './engine.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { LogLines } from './log-lines.ts';

/** Nothing tells when a gate closes. */
const MILLISECONDS_BETWEEN_LOOKS = 100;
/** An engine that was told to end a container, and does not, is not waited for. */
const MILLISECONDS_TO_END = 10_000;
const MOST_LOG_BYTES = 1_048_576;
const STREAMS = { stream: true, hijack: true, stdin: true, stdout: true, stderr: true };
const SPENT = { fuel: 0n };

/** One container, asked with and without patience. */
export type Container = { readonly prompt: Dockerode.Container; readonly patient: Dockerode.Container };

/**
 * Starts a container that was created, feeds it, and takes its output, until it ends or has to.
 *
 * @throws {@link RuntimeError} `JOB_*`, `HOST_*`
 */
export async function runContainer(
  container: Container,
  task: RuntimeTask,
  closed: AbortSignal,
): Promise<RuntimeResult> {
  const run = new ContainerRun(container, task);
  const stop = () => run.end(new RuntimeError('JOB_STOPPED', 'The job was stopped.'));
  const close = () => run.end(new RuntimeError('HOST_CLOSED', 'This runtime was closed.'));
  task.signal.addEventListener('abort', stop);
  closed.addEventListener('abort', close);
  try {
    if (task.signal.aborted) stop();
    if (closed.aborted) close();
    return await run.result();
  } finally {
    task.signal.removeEventListener('abort', stop);
    closed.removeEventListener('abort', close);
  }
}

class ContainerRun {
  private readonly container: Container;
  private readonly task: RuntimeTask;
  private readonly output = new GrowingBytes();
  private readonly stopping = new AbortController();
  private ending: RuntimeError | undefined;
  private giveUp: ((error: RuntimeError) => void) | undefined;
  private hasEnded = false;
  private stream: NodeJS.ReadWriteStream | undefined;

  constructor(container: Container, task: RuntimeTask) {
    this.container = container;
    this.task = task;
  }

  async result(): Promise<RuntimeResult> {
    const { spec } = this.task;
    if (this.ending) throw this.ending;
    const lost = new Promise<never>((_, reject) => {
      this.giveUp = reject;
    });
    lost.catch(() => {});
    const clock = new JobClock(spec.timeMilliseconds, () => {
      const seconds = spec.timeMilliseconds / 1_000;
      this.end(new RuntimeError('JOB_TIME_LIMIT', 'The job took longer than was ordered.', { seconds }));
    });
    try {
      const stream = await Promise.race([this.container.patient.attach(STREAMS), lost]);
      this.stream = stream;
      const hasSaidAll = this.exchange(stream);
      await this.container.prompt.start();
      // What was told to end before it ran has not heard it.
      if (this.ending) await this.container.prompt.kill();
      clock.start();
      void this.watchGate(clock);
      await Promise.race([Promise.all([this.container.patient.wait(), hasSaidAll]), lost]);
    } catch (error) {
      throw this.ending ?? engineFailure(error);
    } finally {
      this.hasEnded = true;
      // What the job did not read would wait to be sent for ever.
      (this.stream as Duplex | undefined)?.destroy();
      clock.stop();
    }
    await this.checkExit();
    return { output: this.output.done(), fuel: 0n, checkpoints: zeroHash };
  }

  /** The container ends, and the job with `error`, unless it had a reason before. */
  end(error: RuntimeError): void {
    if (this.ending || this.hasEnded) return;
    this.ending = error;
    this.stopping.abort();
    this.container.prompt.kill().catch(() => {});
    setTimeout(() => this.giveUp?.(error), MILLISECONDS_TO_END).unref();
  }

  /** Settles when both outputs have ended. */
  private async exchange(stream: NodeJS.ReadWriteStream): Promise<void> {
    const { inputs, listener } = this.task;
    const lines = new LogLines(MOST_LOG_BYTES, (line) => listener.onLog?.(line, SPENT));
    const demultiplexer = new Demultiplexer({
      onOutput: (bytes) => this.take(bytes),
      onLog: (bytes) => lines.write(bytes),
    });
    stream.on('data', (chunk: Uint8Array) => demultiplexer.write(chunk));
    // A job need not read its input to the end.
    stream.on('error', () => {});
    for (const input of inputs) stream.write(input);
    stream.end();
    await new Promise<void>((resolve) => stream.on('close', resolve).on('end', resolve));
    lines.end();
  }

  private take(bytes: Uint8Array): void {
    const { spec, listener } = this.task;
    if (this.ending) return;
    if (this.output.length + bytes.length > spec.outputBytes) {
      const facts = { allowedBytes: spec.outputBytes };
      this.end(new RuntimeError('JOB_OUTPUT_LIMIT', 'The result is larger than was ordered.', facts));
      return;
    }
    listener.onOutput?.(bytes, { ...SPENT, offset: this.output.length });
    this.output.push(bytes);
  }

  private async watchGate(clock: JobClock): Promise<void> {
    const { gate } = this.task;
    while (!this.hasEnded) {
      await new Promise((resolve) => setTimeout(resolve, MILLISECONDS_BETWEEN_LOOKS));
      if (!gate.isPaused || this.hasEnded || this.ending) continue;
      clock.stop();
      await this.container.prompt.pause().catch(() => {});
      await gate.whenOpen(this.stopping.signal);
      await this.container.prompt.unpause().catch(() => {});
      if (!this.hasEnded) clock.start();
    }
  }

  private async checkExit(): Promise<void> {
    if (this.ending) throw this.ending;
    const { State } = await this.container.prompt
      .inspect()
      .catch((error) => Promise.reject(engineFailure(error)));
    if (State.OOMKilled) {
      const facts = { allowedPages: this.task.spec.memoryPages };
      throw new RuntimeError('JOB_MEMORY_LIMIT', 'The job needs more memory than was ordered.', facts);
    }
    if (State.ExitCode !== 0) {
      const facts = { status: State.ExitCode };
      throw new RuntimeError('JOB_FAILED', `The container ended with ${State.ExitCode}.`, facts);
    }
  }
}
