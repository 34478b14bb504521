import type { Memory } from '../engine/web-assembly.ts';
import { pagesOf, readGlobals } from '../run/instance-state.ts';
import type { StateAt } from '../run/job.ts';
import type { StandingJob } from '../run/run-job.ts';
import { hashState } from './hash-state.ts';
import { writeHead } from './snapshot-head.ts';
import { usedPages, writeState } from './state-bytes.ts';

/** A snapshot before it is compressed. Whoever gets it owns its bytes. */
export type RawSnapshot = StateAt & {
  readonly head: Uint8Array;
  readonly body: Uint8Array<ArrayBuffer>;
};

/** Copies the state of a job between two steps, and hashes it: one to two milliseconds for each MiB. */
export function takeSnapshot(
  job: Buffer,
  standing: StandingJob,
  checkpoints: readonly StateAt[],
): RawSnapshot {
  const { exports, host, fuel } = standing;
  const memory = exports.memory as Memory;
  const state = hashState(standing);
  const body = writeState({
    ...host.state(),
    globals: readGlobals(exports),
    checkpoints,
    pageCount: pagesOf(memory),
    pages: usedPages(new Uint8Array(memory.buffer)),
  });
  return { fuel, state, head: writeHead({ job, state, fuel, length: body.length }), body };
}
