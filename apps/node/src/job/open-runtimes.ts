import type { Runtime } from '@millrace/protocol/compute';
import type { JobRuntime } from '@millrace/runtimes';
import type { Log } from '../log.ts';
import { BORROWED } from './scheduler.ts';

/** The runtimes that are wanted and work here. Engines are loaded with their first job. */
export async function openRuntimes(
  wanted: readonly Runtime[],
  slots: number,
  log: Log,
): Promise<Map<Runtime, JobRuntime>> {
  const { createContainerRuntime, createOnnxRuntime, createWasmRuntime } = await import('@millrace/runtimes');
  const create = {
    wasm: () => createWasmRuntime({ threads: Math.min(2 * slots, slots + BORROWED) }),
    onnx: () => createOnnxRuntime(),
    container: () => createContainerRuntime(),
  };
  const open = new Map<Runtime, JobRuntime>();
  for (const name of new Set(wanted)) {
    const runtime = create[name]();
    const found = await runtime.availability();
    if (found.available) open.set(name, runtime);
    else {
      log.warn({ runtime: name, reason: found.reason }, 'this runtime does not work here');
      await runtime.close();
    }
  }
  return open;
}
