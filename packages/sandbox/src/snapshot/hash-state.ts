import { createHash } from 'node:crypto';
import type { Memory } from '../engine/web-assembly.ts';
import { readGlobals } from '../run/instance-state.ts';
import type { StandingJob } from '../run/run-job.ts';
import { StateWriter } from './state-writer.ts';

/**
 * SHA-256 of all that a job can have changed when it stopped: fuel spent, memory, mutable globals of numbers, result so
 * far, random bytes drawn. What lies on the stack is not in it; it is a function of what came before, and shows in a later
 * state. Between two steps there is nothing else.
 *
 * @returns hexadecimal
 */
export function hashState({ exports, host, fuel }: StandingJob): string {
  const hash = createHash('sha256');
  const output = host.output();
  const globals = readGlobals(exports);
  hash.update(JSON.stringify([fuel.toString(), host.random.position, output.length, globals.length]));
  const words = new StateWriter(globals.length * 8);
  for (const word of globals) words.u64(word);
  hash.update(words.bytes);
  hash.update(output);
  hash.update(new Uint8Array((exports.memory as Memory).buffer));
  return hash.digest('hex');
}
