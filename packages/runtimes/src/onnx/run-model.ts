import { zeroHash } from 'viem';
import { JobClock } from '../job-clock.ts';
import { RuntimeError } from '../runtime-error.ts';
import type { RuntimeResult, RuntimeTask } from '../task.ts';
import { packTensors } from '../tensors/pack-tensors.ts';
import type { TensorBundle } from '../tensors/tensor.ts';
import type { EngineLink } from './engine/engine-link.ts';
import type { Answer, Request } from './engine/messages.ts';
import { failed, outputLimit } from './job/output-collector.ts';
import { checkFeeds } from './job/read-inputs.ts';
import { Sequence } from './job/sequence.ts';
import { hashJob, packSnapshot, unpackSnapshot } from './job/snapshot.ts';

/** A listener must not be flooded by short steps. */
const MILLISECONDS_BETWEEN_PROGRESS = 50;

/** An engine, and what results say about it. */
export type NamedEngine = { readonly link: EngineLink; readonly name: string; readonly threads: number };

/**
 * Loads a model and takes it through the steps of its input.
 *
 * @throws {@link RuntimeError} `MODULE_*`, `JOB_*`, `HOST_*`, `SNAPSHOT_INVALID`
 */
export async function runModel(
  task: RuntimeTask,
  bundle: TensorBundle,
  engine: NamedEngine,
): Promise<RuntimeResult> {
  const { spec, signal } = task;
  const stop = () => void engine.link.end(new RuntimeError('JOB_STOPPED', 'The job was stopped.'));
  const clock = new JobClock(spec.timeMilliseconds, () => {
    const seconds = spec.timeMilliseconds / 1_000;
    const error = new RuntimeError('JOB_TIME_LIMIT', 'The job took longer than was ordered.', { seconds });
    void engine.link.end(error);
  });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  let sequence: Sequence | undefined;
  try {
    clock.start();
    sequence = await load(task, bundle, engine);
    await takeSteps(task, sequence, engine, clock);
    const output = packTensors(sequence.result(), { engine: engine.name });
    if (output.length > spec.outputBytes) throw outputLimit(spec.outputBytes);
    task.listener.onOutput?.(output, { fuel: sequence.fuel, offset: 0 });
    return { output, fuel: sequence.fuel, checkpoints: zeroHash };
  } catch (error) {
    throw withFuel(error, sequence?.fuel ?? 0n);
  } finally {
    clock.stop();
    signal.removeEventListener('abort', stop);
  }
}

async function load(task: RuntimeTask, bundle: TensorBundle, engine: NamedEngine): Promise<Sequence> {
  const { module, spec, resume } = task;
  const request: Request = {
    kind: 'load',
    model: module,
    tier: spec.needs.tier,
    pages: spec.memoryPages,
    threads: engine.threads,
  };
  const loaded = await ask(engine.link, request, 'loaded');
  checkFeeds(bundle, loaded.inputs, loaded.outputs);
  const sequence = new Sequence(bundle, loaded.size, spec);
  if (resume) sequence.restore(unpackSnapshot(hashJob(task), engine.name, resume));
  return sequence;
}

async function takeSteps(
  { gate, signal, listener, snapshotSeconds = 0, ...task }: RuntimeTask,
  sequence: Sequence,
  { link, name }: NamedEngine,
  clock: JobClock,
): Promise<void> {
  const job = snapshotSeconds > 0 ? hashJob(task) : zeroHash;
  let [lastReport, lastSnapshot] = [0, performance.now()];
  while (!sequence.hasEnded) {
    if (gate.isPaused) {
      clock.stop();
      await gate.whenOpen(signal);
      clock.start();
    }
    const feeds = sequence.next();
    const { outputs } = await ask(link, { kind: 'run', feeds }, 'ran');
    sequence.take(outputs);
    const { fuel, done, plan } = sequence;
    const now = performance.now();
    if (sequence.hasEnded || now - lastReport >= MILLISECONDS_BETWEEN_PROGRESS) {
      lastReport = now;
      listener.onProgress?.(Math.floor((done * 1_000_000) / plan.steps), { fuel });
    }
    if (snapshotSeconds > 0 && now - lastSnapshot >= snapshotSeconds * 1_000 && !sequence.hasEnded) {
      lastSnapshot = now;
      listener.onSnapshot?.(packSnapshot(job, name, sequence.save()));
    }
  }
}

async function ask<kind extends Answer['kind']>(
  link: EngineLink,
  request: Request,
  kind: kind,
): Promise<Extract<Answer, { kind: kind }>> {
  const answer = await link.ask(request);
  if (answer.kind === 'error') throw RuntimeError.from(answer.error);
  if (answer.kind === 'failed') throw describeFailure(answer, request);
  if (answer.kind === kind) return answer as Extract<Answer, { kind: kind }>;
  throw new RuntimeError('HOST_ENGINE', 'The engine answered something else.', { kind: answer.kind });
}

function describeFailure(
  { failure, reason }: Extract<Answer, { kind: 'failed' }>,
  request: Request,
): RuntimeError {
  if (failure === 'host-memory') {
    return new RuntimeError('HOST_MEMORY', 'The machine could not give the model its memory.');
  }
  if (failure === 'memory-limit') {
    return new RuntimeError('JOB_MEMORY_LIMIT', 'The model needs more memory than was ordered.', { reason });
  }
  if (request.kind === 'run') return failed(reason);
  return new RuntimeError('MODULE_INVALID', 'The engine does not load this model.', { reason });
}

/** How far a job came is part of how it ended. */
function withFuel(error: unknown, fuel: bigint): unknown {
  if (!(error instanceof RuntimeError) || !error.code.startsWith('JOB_')) return error;
  return new RuntimeError(
    error.code,
    error.shortMessage,
    { ...error.details, fuel: fuel.toString() },
    error.cause,
  );
}
