import { STACK_WORDS } from '../gate/policy.ts';
import { isClosed, waitUntilOpen } from '../pause/pause-gate.ts';
import type { Spent } from '../run/job.ts';
import { type RunHooks, runJob } from '../run/run-job.ts';
import { hashState } from '../snapshot/hash-state.ts';
import { type FollowedSteps, followSteps } from './follow-steps.ts';
import type { Ending, RunTask, Say } from './messages.ts';
import { perform } from './perform.ts';
import { Reporter } from './reporter.ts';

const NO_STEPS: FollowedSteps = { checkpoints: undefined, watch: undefined, restore: undefined };

/** Runs a job in this thread: from its start or from a snapshot, to its end or to an amount of fuel. */
export function runTask(task: RunTask, say: Say): Ending {
  const { job, gate, steps, stopFuel } = task;
  const limits = stopFuel === undefined ? job.limits : { ...job.limits, fuel: stopFuel };
  const reporter = new Reporter(say, task);
  const rest = () => {
    if (gate && isClosed(gate)) standStill(gate, reporter, say);
    else reporter.tick();
  };
  const { checkpoints, watch, restore } = steps ? followSteps(steps, task, say) : NO_STEPS;
  // Within a step nothing can be written down: a job that may be moved stands still between two.
  const onCall = (spent: () => Spent) => {
    reporter.beat(spent);
    if (watch) reporter.tick();
    else rest();
  };
  let state: string | undefined;
  const hooks: RunHooks = {
    listener: reporter.listener,
    onCall: gate || task.hearsOutput || task.hearsSpent ? onCall : undefined,
    restore: restore && ((fresh) => restore(fresh, limits)),
    onStep: (standing) => {
      checkpoints?.onStep(standing);
      watch?.onStep(standing);
      reporter.beat(() => ({ fuel: standing.fuel }));
      rest();
    },
    onStop: (standing) => {
      if (stopFuel !== undefined) state = hashState(standing);
    },
  };
  const ending = perform(() => {
    rest();
    const result = runJob(task.module, { ...job, limits }, STACK_WORDS, hooks);
    return { kind: 'done', result: { ...result, checkpoints: checkpoints?.states ?? [] } };
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
