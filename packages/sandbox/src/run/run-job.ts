import {
  type CompiledModule,
  type Exports,
  engine,
  type GlobalCell,
  type Memory,
} from '../engine/web-assembly.ts';
import { RESERVED } from '../gate/reserved-names.ts';
import { HOST_CALL_FUEL } from '../instrument/added-functions.ts';
import { SandboxError } from '../sandbox-error.ts';
import { describeEnd, fuelSpent, memoryLimit } from './describe-end.ts';
import { pagesOf } from './instance-state.ts';
import type { JobInput, JobListener, JobResult, Spent } from './job.ts';
import { JobHost } from './job-host.ts';

/** A job that does not run at this moment: between two steps, or after its end. */
export type StandingJob = { readonly exports: Exports; readonly host: JobHost; readonly fuel: bigint };

/** What takes part in a run besides the job. */
export type RunHooks = {
  readonly listener?: JobListener;
  /** Before the host does anything that the job asks for. */
  readonly onCall?: ((spent: () => Spent) => void) | undefined;
  /** Brings a fresh instance to where another one was, instead of its start function. @returns fuel spent there */
  readonly restore?: ((fresh: StandingJob) => bigint) | undefined;
  /** After each step but the last, when nothing of the job is on the stack. */
  readonly onStep?: ((standing: StandingJob) => void) | undefined;
  /** When it has stopped, whether it returned or not. */
  readonly onStop?: ((standing: StandingJob) => void) | undefined;
};

/** What `step` returns when it is to be called again. */
const AGAIN = 1;

/**
 * Runs an instrumented module to its end, in this thread. Nothing bounds its time but its fuel.
 *
 * @throws SandboxError `JOB_*`, `HOST_*`, or what `restore` throws
 */
export function runJob(
  module: CompiledModule,
  job: JobInput,
  stackWords: number,
  hooks: RunHooks = {},
): Omit<JobResult, 'checkpoints'> {
  const { limits } = job;
  const { listener = {}, onCall, restore, onStep, onStop } = hooks;
  const host = new JobHost(job, listener, onCall);
  let exports: Exports | undefined;
  const standing = (): StandingJob => {
    const instance = exports as Exports;
    return { exports: instance, host, fuel: fuelSpent(instance, limits.fuel) };
  };
  try {
    exports = new engine.Instance(module, host.imports).exports;
    const memory = exports.memory as Memory;
    if (pagesOf(memory) > limits.memoryPages) throw memoryLimit(limits, 0n);
    const fuel = exports[RESERVED.fuel] as GlobalCell;
    host.attach(memory, fuel);
    fuel.value = limits.fuel;
    (exports[RESERVED.memoryLimit] as GlobalCell).value = BigInt(limits.memoryPages);
    if (restore) fuel.value = limits.fuel - restore(standing());
    else (exports[RESERVED.start] as (() => void) | undefined)?.();
    const status = exports.step
      ? runSteps(exports.step as () => number, fuel, () => onStep?.(standing()))
      : (exports.run as () => number | undefined)();
    if (status) throw new SandboxError('JOB_FAILED', `The job returned ${status}.`, { status });
    return { output: host.output(), fuel: fuelSpent(exports, limits.fuel), memoryPages: pagesOf(memory) };
  } catch (thrown) {
    throw describeEnd(thrown, exports, limits, stackWords);
  } finally {
    if (exports && onStop) onStop(standing());
  }
}

/** A step is paid for as a call to the host is, before it runs: else many short ones would take time for nothing. */
function runSteps(step: () => number, fuel: GlobalCell, onStep: () => void): number {
  for (;;) {
    const left = (fuel.value as bigint) - HOST_CALL_FUEL;
    fuel.value = left;
    if (left < 0n) throw new SandboxError('JOB_OUT_OF_FUEL', 'The job used up its fuel.');
    const status = step();
    if (status !== AGAIN) return status;
    onStep();
  }
}
