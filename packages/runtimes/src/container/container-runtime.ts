import type { Availability, JobRuntime } from '../runtime.ts';
import { RuntimeError } from '../runtime-error.ts';
import type { RuntimeResult, RuntimeTask } from '../task.ts';
import { containerConfig } from './container-config.ts';
import { connectEngine, type Engine, engineFailure, findImage, inspectEngine } from './engine.ts';
import { removeLeftContainers } from './left-containers.ts';
import { readManifest } from './manifest.ts';
import { type Container, runContainer } from './run-container.ts';

export type ContainerOptions = {
  /** The engine’s socket. Default: what `DOCKER_HOST` says, or where engines usually are. */
  readonly socketPath?: string | undefined;
  /** Whether images may be fetched that are not there; a stranger may then fill the disk. Default: no. */
  readonly mayPull?: boolean | undefined;
  /** How long the engine may take to answer. Default: 20,000. */
  readonly answerMilliseconds?: number | undefined;
  /** The engine’s OCI runtime, such as `runsc`: a container alone shares the kernel with its host. */
  readonly isolation?: string | undefined;
  /** Who runs them, such that no two runtimes at once are the same. Needed to find again what was left behind. */
  readonly owner?: string | undefined;
};

/**
 * Runs containers behind the Docker Engine API, input on stdin and result on stdout. Off where no engine answers.
 *
 * @example
 * ```ts
 * const containers = createContainerRuntime()
 * await containers.availability() // { available: false, reason: 'no container engine answers (ENOENT) at …' }
 * ```
 */
export function createContainerRuntime(options: ContainerOptions = {}): JobRuntime {
  return new ContainerRuntime(options);
}

class ContainerRuntime implements JobRuntime {
  readonly runtime = 'container';
  readonly tiers = ['fast'] as const;
  readonly canResume = false;
  private readonly options: ContainerOptions;
  private readonly closing = new AbortController();
  private readonly running = new Set<Promise<unknown>>();

  constructor(options: ContainerOptions) {
    this.options = options;
  }

  async availability(): Promise<Availability> {
    try {
      return await inspectEngine((await this.connect()).prompt);
    } catch (error) {
      return { available: false, reason: engineFailure(error).shortMessage };
    }
  }

  async removeLeft(): Promise<number> {
    const { owner } = this.options;
    if (owner === undefined) return 0;
    try {
      return await removeLeftContainers((await this.connect()).prompt, owner);
    } catch (error) {
      throw engineFailure(error);
    }
  }

  async run(task: RuntimeTask): Promise<RuntimeResult> {
    const job = this.perform(task);
    this.running.add(job);
    try {
      return await job;
    } finally {
      this.running.delete(job);
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.allSettled(this.running);
  }

  private async perform(task: RuntimeTask): Promise<RuntimeResult> {
    const { spec, module, signal, resume } = task;
    if (this.closing.signal.aborted) throw new RuntimeError('HOST_CLOSED', 'This runtime was closed.');
    if (signal.aborted) throw new RuntimeError('JOB_STOPPED', 'The job was stopped.');
    if (resume) throw new RuntimeError('SNAPSHOT_INVALID', 'Containers make no snapshots.');
    if (spec.needs.tier !== 'fast') {
      throw new RuntimeError(
        'JOB_INPUT_INVALID',
        'The result of a container cannot be compared bit for bit.',
        {
          tier: spec.needs.tier,
        },
      );
    }
    const manifest = readManifest(module);
    const container = await this.create(task, manifest);
    try {
      return await runContainer(container, task, this.closing.signal);
    } finally {
      await container.prompt.remove({ force: true, v: true }).catch(() => {});
    }
  }

  private async create({ spec }: RuntimeTask, manifest: ReturnType<typeof readManifest>): Promise<Container> {
    try {
      const { prompt, patient } = await this.connect();
      const state = await inspectEngine(prompt);
      if (!state.available) {
        const { reason } = state;
        throw new RuntimeError('HOST_UNAVAILABLE', `The job cannot run here: ${reason}.`, { reason });
      }
      const image = await findImage(prompt, manifest.image, this.options.mayPull ?? false);
      const config = containerConfig(spec, manifest, image, this.options);
      const container = await prompt.createContainer(config);
      return { prompt: container, patient: patient.getContainer(container.id) };
    } catch (error) {
      throw engineFailure(error);
    }
  }

  private connect(): Promise<Engine> {
    return connectEngine(this.options.socketPath, this.options.answerMilliseconds);
  }
}
