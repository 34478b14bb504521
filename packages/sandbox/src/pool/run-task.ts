import { STACK_WORDS } from '../gate/policy.ts';
import { isClosed, waitUntilOpen } from '../pause/pause-gate.ts';
import { type RunHooks, runJob } from '../run/run-job.ts';
import { Checkpoints } from '../snapshot/checkpoints.ts';
import { hashState } from '../snapshot/hash-state.ts';
import { digestJob } from '../snapshot/job-digest.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import { restoreJob } from '../snapshot/restore-job.ts';
import type { Ending, RunTask, Say } from './messages.ts';
import { perform } from './perform.ts';
import { Reporter } from './reporter.ts';
import { StepWatch } from './step-watch.ts';

/** Runs a job in this thread: from its start or from a snapshot, to its end or to an amount of fuel. */
export function runTask(task: RunTask, say: Say): Ending {
  const { job, gate, resume, snapshots, stopFuel } = task;
  const limits = stopFuel === undefined ? job.limits : { ...job.limits, fuel: stopFuel };
  const reporter = new Reporter(say, task.hearsOutput);
  const checkpoints = new Checkpoints(task.checkpointFuel, job.limits.fuel);
  let digest: Buffer | undefined;
  const jobDigest = () => {
    digest ??= digestJob(task.identity, job, task.checkpointFuel);
    return digest;
  };
  const watch = snapshots && new StepWatch({ jobDigest, checkpoints, gate, say, order: snapshots });
  const rest = () => {
    if (gate && isClosed(gate)) standStill(gate, reporter, say);
    else reporter.tick();
  };
  // Within a step nothing can be written down: a job that may be moved stands still between two.
  const onCall = task.isStepped && watch ? () => reporter.tick() : rest;
  let state: string | undefined;
  const hooks: RunHooks = {
    listener: reporter.listener,
    onCall: gate || task.hearsOutput ? onCall : undefined,
    restore:
      resume &&
      ((fresh) => {
        const { head, body } = readSnapshot(resume, jobDigest(), job.limits);
        checkpoints.restore(restoreJob(fresh, head, body, limits));
        return head.fuel;
      }),
    onStep: (standing) => {
      checkpoints.onStep(standing);
      watch?.onStep(standing);
      rest();
    },
    onStop: (standing) => {
      if (stopFuel !== undefined) state = hashState(standing);
    },
  };
  const ending = perform(() => {
    rest();
    const result = runJob(task.module, { ...job, limits }, STACK_WORDS, hooks);
    return { kind: 'done', result: { ...result, checkpoints: checkpoints.states } };
  });
  reporter.flush();
  return state === undefined ? ending : { ...ending, state };
}

/** That time is not the job's, so its clock is told. */
function standStill(gate: Int32Array, reporter: Reporter, say: Say): void {
  reporter.flush();
  say({ kind: 'paused' });
  waitUntilOpen(gate);
  say({ kind: 'resumed' });
}
