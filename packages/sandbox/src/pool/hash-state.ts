import { createHash } from 'node:crypto';
import type { GlobalCell, Memory } from '../engine/web-assembly.ts';
import { RESERVED } from '../gate/reserved-names.ts';
import type { StoppedJob } from '../run/run-job.ts';

/**
 * SHA-256 of all that a job can have changed when it stopped: fuel spent, memory, mutable globals, result so far, random
 * bytes drawn. What lies on the stack is not in it; it is a function of what came before, and shows in a later state.
 */
export function hashState({ exports, host, fuel }: StoppedJob): string {
  const hash = createHash('sha256');
  const output = host.output();
  const globals = Object.keys(exports).filter((name) => name.startsWith(RESERVED.global));
  hash.update(JSON.stringify([fuel.toString(), host.random.position, output.length, globals.length]));
  for (const name of globals) hash.update(bytesOf((exports[name] as GlobalCell).value));
  hash.update(output);
  hash.update(new Uint8Array((exports.memory as Memory).buffer));
  return hash.digest('hex');
}

/** Floats are canonical in a global, so their bits may count. */
function bytesOf(value: bigint | number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  if (typeof value === 'bigint') view.setBigInt64(0, value);
  else view.setFloat64(0, value);
  return new Uint8Array(view.buffer);
}
