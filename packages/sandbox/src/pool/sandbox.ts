import { createHash } from 'node:crypto';
import type { CompiledModule } from '../engine/web-assembly.ts';
import type { Profile } from '../gate/policy.ts';
import type { JobResult, StateAt } from '../run/job.ts';
import { SandboxError } from '../sandbox-error.ts';
import { CHECKPOINT_FUEL } from '../snapshot/checkpoints.ts';
import { checkInput, orderSnapshots } from './check-job.ts';
import type { Job, PreparedModule } from './job.ts';
import type { Ending, RunTask } from './messages.ts';
import { allowNextSnapshot } from './step-watch.ts';
import { ThreadPool } from './thread-pool.ts';

export type SandboxOptions = {
  /** How many jobs run at once. Default: 2. */
  readonly threads?: number;
  /** For reading, checking and compiling a module. Default: 20. */
  readonly prepareSeconds?: number;
  /** How many modules are kept ready. Default: 64. */
  readonly modules?: number;
};

/** A job's state after some fuel, to compare with another machine's: after what was asked for, or less when it ended before. */
export type Checkpoint = StateAt & { readonly hasEnded: boolean };

/**
 * Runs jobs in threads, so that no module takes the process down.
 *
 * @example
 * ```ts
 * await using sandbox = await openSandbox({ threads: 4 })
 * const { output, fuel } = await sandbox.run({ module: await readFile('job.wasm'), input })
 * ```
 */
export class Sandbox {
  private readonly pool: ThreadPool;
  private readonly options: Required<SandboxOptions>;
  private readonly prepared = new Map<string, Promise<PreparedModule>>();

  /** @internal Use `openSandbox`. */
  constructor(pool: ThreadPool, options: Required<SandboxOptions>) {
    this.pool = pool;
    this.options = options;
  }

  /**
   * Lets a module through the gate and compiles it, once for the same bytes.
   *
   * @throws SandboxError `MODULE_*`, `HOST_*`
   */
  prepare(bytes: Uint8Array, profile: Profile = 'integer'): Promise<PreparedModule> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const key = `${profile} ${hash}`;
    const known = this.prepared.get(key);
    this.prepared.delete(key);
    const module = known ?? this.compile(bytes, profile, hash);
    this.prepared.set(key, module);
    module.catch(() => this.prepared.delete(key));
    const [oldest] = this.prepared.keys();
    if (oldest !== undefined && this.prepared.size > this.options.modules) this.prepared.delete(oldest);
    return module;
  }

  /**
   * Runs a job to its end.
   *
   * @throws SandboxError `MODULE_*` when the gate refuses, `JOB_*` when the job ends without a result, `SNAPSHOT_*` when
   * there is no going on from there, `HOST_*` when it has to run again
   */
  async run(job: Job): Promise<JobResult> {
    const ending = await this.perform(job);
    if (ending.kind === 'failed') throw SandboxError.from(ending.error);
    return ending.result as JobResult;
  }

  /**
   * The state of a job when it has spent `fuel`: two machines that agree here agree on everything before. Runs the job
   * from its start, or from a snapshot that was taken before: so one segment of it can be checked alone.
   *
   * @throws SandboxError as `run`, but not for running out of fuel
   */
  async checkpoint(job: Job, fuel: bigint): Promise<Checkpoint> {
    const ending = await this.perform(job, fuel);
    const { state } = ending;
    if (ending.kind === 'done' && state) {
      return { fuel: (ending.result as JobResult).fuel, hasEnded: true, state };
    }
    if (ending.kind === 'failed') {
      if (ending.error.code !== 'JOB_OUT_OF_FUEL' || !state) throw SandboxError.from(ending.error);
      return { fuel, hasEnded: false, state };
    }
    throw new SandboxError('HOST_WORKER_LOST', 'The thread did not hash the state.');
  }

  /** Ends every thread; what still runs fails with `HOST_CLOSED`. */
  close(): Promise<void> {
    return this.pool.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private async compile(bytes: Uint8Array, profile: Profile, hash: string): Promise<PreparedModule> {
    const seconds = this.options.prepareSeconds;
    const onTimeout = () =>
      new SandboxError('HOST_COMPILE_TIME', 'Preparing the module takes too long.', { seconds });
    const ending = await this.pool.perform({ kind: 'prepare', bytes, profile }, {}, { seconds, onTimeout });
    if (ending.kind === 'failed') throw SandboxError.from(ending.error);
    const { module, isStepped = false } = ending;
    return { hash, profile, isStepped, compiled: module as CompiledModule };
  }

  private async perform(job: Job, stopFuel?: bigint): Promise<Ending> {
    const { seconds = 60, signal, onLog, onProgress, onOutput, onSpent, onSnapshot } = job;
    const input = checkInput(job, stopFuel);
    const { compiled, isStepped, hash, profile } =
      job.module instanceof Uint8Array ? await this.prepare(job.module, job.profile) : job.module;
    const snapshots = orderSnapshots(job);
    const { resume, checkpointFuel = CHECKPOINT_FUEL } = job;
    const steps = { identity: { hash, profile }, checkpointFuel, resume, snapshots };
    const task: RunTask = {
      ...{ kind: 'run', module: compiled, job: input, hearsOutput: onOutput !== undefined },
      hearsSpent: onSpent !== undefined,
      ...(job.gate && { gate: job.gate.cell }),
      ...(stopFuel !== undefined && { stopFuel }),
      ...((isStepped || resume) && { steps }),
    };
    const onSnapshotDone = snapshots && (() => allowNextSnapshot(snapshots.busy));
    const onTimeout = () =>
      new SandboxError('JOB_TIME_LIMIT', 'The job took longer than was ordered.', { seconds });
    return this.pool.perform(
      task,
      { onLog, onProgress, onOutput, onSpent, onSnapshot, onSnapshotDone },
      { seconds, onTimeout, signal },
    );
  }
}

/** Starts the threads of a sandbox; close it when done. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const all = { threads: 2, prepareSeconds: 20, modules: 64, ...options };
  const pool = new ThreadPool(all.threads);
  await pool.open();
  return new Sandbox(pool, all);
}
