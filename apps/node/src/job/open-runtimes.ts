import type { Runtime } from '@millrace/protocol/compute';
import type { JobRuntime } from '@millrace/runtimes';
import { describeError } from '../errors.ts';
import type { Log } from '../log.ts';
import { BORROWED } from './scheduler.ts';

/**
 * The runtimes that are wanted and work here. Engines are loaded with their first job.
 *
 * @param owner no two nodes that run have the same
 */
export async function openRuntimes(
  wanted: readonly Runtime[],
  { slots, owner, log }: { slots: number; owner: string; log: Log },
): Promise<Map<Runtime, JobRuntime>> {
  const { createContainerRuntime, createOnnxRuntime, createWasmRuntime } = await import('@millrace/runtimes');
  const create = {
    wasm: () => createWasmRuntime({ threads: Math.min(2 * slots, slots + BORROWED) }),
    onnx: () => createOnnxRuntime(),
    container: () => createContainerRuntime({ owner }),
  };
  const open = new Map<Runtime, JobRuntime>();
  for (const name of new Set(wanted)) {
    const runtime = create[name]();
    const found = await runtime.availability();
    if (found.available) {
      open.set(name, runtime);
      await removeLeft(runtime, log);
    } else {
      log.warn({ runtime: name, reason: found.reason }, 'this runtime does not work here');
      await runtime.close();
    }
  }
  return open;
}

/** What a process that was killed has left runs on without anybody who pays, or hears it. */
async function removeLeft(runtime: JobRuntime, log: Log): Promise<void> {
  try {
    const left = (await runtime.removeLeft?.()) ?? 0;
    if (left > 0)
      log.warn({ runtime: runtime.runtime, left }, 'jobs of the time before still ran, and are ended');
  } catch (error) {
    log.warn(
      { runtime: runtime.runtime, error: describeError(error) },
      'what may run of before was not ended',
    );
  }
}
