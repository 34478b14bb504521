import {
  type CompiledModule,
  type Exports,
  engine,
  type GlobalCell,
  type Memory,
} from '../engine/web-assembly.ts';
import { RESERVED } from '../gate/reserved-names.ts';
import { SandboxError } from '../sandbox-error.ts';
import { describeEnd, fuelSpent, memoryLimit } from './describe-end.ts';
import type { JobInput, JobListener, JobResult } from './job.ts';
import { JobHost } from './job-host.ts';

const PAGE_BYTES = 65_536;

/** A job at the moment it stopped, for whoever hashes its state. */
export type StoppedJob = { readonly exports: Exports; readonly host: JobHost; readonly fuel: bigint };

/**
 * Runs an instrumented module to its end, in this thread. Nothing bounds its time but its fuel.
 *
 * @param onStop sees the instance when it has stopped, whether it returned or not
 * @throws SandboxError `JOB_*` or `HOST_*`
 */
export function runJob(
  module: CompiledModule,
  job: JobInput,
  stackWords: number,
  listener: JobListener = {},
  onStop?: (stopped: StoppedJob) => void,
): JobResult {
  const { limits } = job;
  const host = new JobHost(job, listener);
  let exports: Exports | undefined;
  try {
    exports = new engine.Instance(module, host.imports).exports;
    const memory = exports.memory as Memory;
    const pages = () => memory.buffer.byteLength / PAGE_BYTES;
    if (pages() > limits.memoryPages) throw memoryLimit(limits, 0n);
    host.attach(memory);
    (exports[RESERVED.fuel] as GlobalCell).value = limits.fuel;
    (exports[RESERVED.memoryLimit] as GlobalCell).value = BigInt(limits.memoryPages);
    (exports[RESERVED.start] as (() => void) | undefined)?.();
    const status = (exports.run as () => number | undefined)();
    if (status) throw new SandboxError('JOB_FAILED', `The job returned ${status}.`, { status });
    return { output: host.output(), fuel: fuelSpent(exports, limits.fuel), memoryPages: pages() };
  } catch (thrown) {
    throw describeEnd(thrown, exports, limits, stackWords);
  } finally {
    if (exports && onStop) onStop({ exports, host, fuel: fuelSpent(exports, limits.fuel) });
  }
}
