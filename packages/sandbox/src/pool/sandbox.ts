import { createHash } from 'node:crypto';
import type { CompiledModule } from '../engine/web-assembly.ts';
import type { Profile } from '../gate/policy.ts';
import { JOB_LIMITS, type JobInput, type JobLimits, type JobListener, type JobResult } from '../run/job.ts';
import { SandboxError } from '../sandbox-error.ts';
import type { Ending } from './job-thread.ts';
import { ThreadPool } from './thread-pool.ts';

export type SandboxOptions = {
  /** How many jobs run at once. Default: 2. */
  readonly threads?: number;
  /** For reading, checking and compiling a module. Default: 20. */
  readonly prepareSeconds?: number;
  /** How many modules are kept ready. Default: 64. */
  readonly modules?: number;
};

/** A module that has passed the gate. */
export type PreparedModule = {
  /** SHA-256 of the bytes that were handed in, hexadecimal. */
  readonly hash: string;
  readonly profile: Profile;
  readonly compiled: CompiledModule;
};

/** A job to run. */
export type Job = {
  /** The bytes of a module, or what `prepare` made of them. */
  readonly module: Uint8Array | PreparedModule;
  /** For bytes. Default: `integer`. */
  readonly profile?: Profile;
  /** Default: none. */
  readonly input?: Uint8Array;
  /** 32 bytes. Default: zeros. */
  readonly seed?: Uint8Array;
  readonly limits?: Partial<JobLimits>;
  /** On the wall clock, without waiting and preparing. Default: 60. */
  readonly seconds?: number;
  readonly signal?: AbortSignal;
} & JobListener;

/** A job's state after some fuel, to compare with another machine's. */
export type Checkpoint = {
  /** Spent: what was asked for, or less when the job ended before. */
  readonly fuel: bigint;
  readonly hasEnded: boolean;
  /** SHA-256, hexadecimal. */
  readonly state: string;
};

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
   * @throws SandboxError `MODULE_*` when the gate refuses, `JOB_*` when the job ends without a result, `HOST_*` when it
   * has to run again
   */
  async run(job: Job): Promise<JobResult> {
    const ending = await this.perform(job, false);
    if (ending.kind === 'failed') throw SandboxError.from(ending.error);
    return ending.result as JobResult;
  }

  /**
   * The state of a job when it has spent `fuel`: two machines that agree here agree on everything before. Runs the job
   * from its start.
   *
   * @throws SandboxError as `run`, but not for running out of fuel
   */
  async checkpoint(job: Job, fuel: bigint): Promise<Checkpoint> {
    const ending = await this.perform({ ...job, limits: { ...job.limits, fuel } }, true);
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
    return { hash, profile, compiled: ending.module as CompiledModule };
  }

  private async perform(job: Job, hashesState: boolean): Promise<Ending> {
    const { seconds = 60, signal, onLog, onProgress } = job;
    const input = checkInput(job);
    const module =
      job.module instanceof Uint8Array ? await this.prepare(job.module, job.profile) : job.module;
    const onTimeout = () =>
      new SandboxError('JOB_TIME_LIMIT', 'The job took longer than was ordered.', { seconds });
    return this.pool.perform(
      { kind: 'run', module: module.compiled, job: input, hashesState },
      { onLog, onProgress },
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

const LARGEST_FUEL = 2n ** 60n;

function checkInput({
  input = new Uint8Array(0),
  seed = new Uint8Array(32),
  limits,
  seconds = 60,
}: Job): JobInput {
  const all = { ...JOB_LIMITS, ...limits };
  if (seed.length !== 32) throw invalid('The seed has other than 32 bytes.', { bytes: seed.length });
  if (all.fuel < 0n || all.fuel > LARGEST_FUEL)
    throw invalid('The fuel is out of range.', { fuel: `${all.fuel}` });
  if (!(seconds > 0)) throw invalid('The time is out of range.', { seconds });
  for (const name of ['memoryPages', 'outputBytes', 'logBytes'] as const) {
    const value = all[name];
    if (!Number.isSafeInteger(value) || value < 0)
      throw invalid('A limit is out of range.', { [name]: value });
  }
  return { input, seed, limits: all };
}

function invalid(message: string, details: Record<string, string | number>): SandboxError {
  return new SandboxError('JOB_INPUT_INVALID', message, details);
}
