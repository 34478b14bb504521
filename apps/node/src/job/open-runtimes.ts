import type { Runtime } from '@millrace/protocol/compute';
import type { JobRuntime } from '@millrace/runtimes';
import type { Log } from '../log.ts';
import { BORROWED } from './scheduler.ts';

/** The runtimes that are wanted and work here. */
export async function openRuntimes(
  wanted: readonly Runtime[],
  slots: number,
  log: Log,
): Promise<Map<Runtime, JobRuntime>> {
  const { createWasmRuntime } = await import('@millrace/runtimes');
  const open = new Map<Runtime, JobRuntime>();
  for (const name of wanted) {
    if (name !== 'wasm') continue;
    const runtime = createWasmRuntime({ threads: Math.min(2 * slots, slots + BORROWED) });
    const found = await runtime.availability();
    if (found.available) open.set(name, runtime);
    else {
      log.warn({ runtime: name, reason: found.reason }, 'this runtime does not work here');
      await runtime.close();
    }
  }
  return open;
}
