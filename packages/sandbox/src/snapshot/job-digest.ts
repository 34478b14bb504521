import { createHash } from 'node:crypto';
import type { JobInput } from '../run/job.ts';

/** What tells the module of a job, since its bytes are not at hand where it runs. */
export type ModuleIdentity = {
  /** SHA-256, hexadecimal. */
  readonly hash: string;
  readonly profile: string;
};

/** SHA-256 of all that a job is a function of: a snapshot of one is none of another. */
export function digestJob(
  module: ModuleIdentity,
  { input, seed, limits }: JobInput,
  checkpointFuel: bigint,
): Buffer {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const { fuel, memoryPages, outputBytes, logBytes } = limits;
  const facts = [
    ...['millrace snapshot 1', module.hash, module.profile, sha256(input), sha256(seed)],
    ...[fuel, memoryPages, outputBytes, logBytes, checkpointFuel].map(String),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest();
}
