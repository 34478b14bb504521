import { MillraceError, toMillraceError } from '@millrace/protocol';
import type { JobSpec } from '@millrace/protocol/compute';
import { PauseGate, type RuntimeResult, type Snapshot } from '@millrace/runtimes';
import type { Core } from '../core.ts';
import { watchSpender } from '../meter/exposure-watch.ts';
import type { LiveJob } from './live-job.ts';
import { SnapshotKeeper } from './snapshot-keeper.ts';
import { loadSnapshot, saveSnapshot } from './snapshots.ts';

/** How an attempt came out. */
export type Attempt =
  | { readonly kind: 'done'; readonly result: RuntimeResult }
  | { readonly kind: 'failed'; readonly error: MillraceError };

const text = new TextDecoder();

/** Runs a job once, from its last snapshot. Never throws. */
export async function runJob(core: Core, job: LiveJob): Promise<Attempt> {
  const { spec, meter, log } = job;
  job.stop = new AbortController();
  job.gate = new PauseGate();
  // It may be that an attempt failed while nobody paid.
  if (job.state === 'paused') job.gate.pause();
  const snapshots = new SnapshotKeeper((each, worked) => saveSnapshot(core, job, each, worked));
  try {
    const { module, inputs } = await loadContent(core, spec);
    const resume = await loadSnapshot(core, job);
    const runtime = core.runtimes.get(spec.runtime);
    if (runtime === undefined) throw unavailable(spec);
    if (job.stopReason !== undefined) job.stop.abort();
    const from = job.checkpoint;
    meter.restart(from && { fuel: BigInt(from.fuel), microseconds: BigInt(from.microseconds) });
    meter.go(performance.now());
    const report = (fuel: bigint) => {
      meter.report(fuel, performance.now());
      watchSpender(core, job);
    };
    const result = await runtime.run({
      spec,
      module,
      inputs,
      resume,
      gate: job.gate,
      signal: job.stop.signal,
      snapshotSeconds: core.config.snapshotSeconds,
      listener: {
        onLog: (line, { fuel }) => {
          report(fuel);
          log.add({ type: 'log', text: text.decode(line) }, Date.now());
        },
        onProgress: (millionths, { fuel }) => {
          report(fuel);
          job.millionths = millionths;
          log.add({ type: 'progress', millionths, fuel }, Date.now());
        },
        onOutput: (bytes, { fuel, offset }) => {
          report(fuel);
          log.add({ type: 'output', offset, bytes: Buffer.from(bytes).toString('base64') }, Date.now());
        },
        onSpent: ({ fuel }) => report(fuel),
        onSnapshot: (snapshot: Snapshot) => {
          report(snapshot.fuel);
          snapshots.add(snapshot, meter.microseconds(performance.now()));
        },
      },
    });
    snapshots.drop();
    return { kind: 'done', result };
  } catch (error) {
    return { kind: 'failed', error: error instanceof MillraceError ? error : toMillraceError(error) };
  } finally {
    meter.halt(performance.now());
    // A job that goes on later goes on from the newest.
    await snapshots.done();
  }
}

async function loadContent(core: Core, spec: JobSpec) {
  const { inputBytes } = core.config.limits;
  const load = (cid: string) => core.content.read(cid, inputBytes);
  const [module, inputs] = await Promise.all([load(spec.module), Promise.all(spec.inputs.map(load))]);
  return { module, inputs };
}

function unavailable(spec: JobSpec): MillraceError {
  return new MillraceError(`This node does not run ${spec.runtime} any more.`, {
    code: 'HOST_UNAVAILABLE',
    fault: 'provider',
    retryable: true,
    hint: 'Use another node.',
  });
}
