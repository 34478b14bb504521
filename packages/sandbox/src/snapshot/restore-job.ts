import type { Memory } from '../engine/web-assembly.ts';
import { pagesOf, writeGlobals } from '../run/instance-state.ts';
import type { JobLimits, StateAt } from '../run/job.ts';
import type { StandingJob } from '../run/run-job.ts';
import { SandboxError } from '../sandbox-error.ts';
import { hashState } from './hash-state.ts';
import type { SnapshotHead } from './snapshot-head.ts';
import { readState, type WrittenState } from './state-bytes.ts';
import { invalidSnapshot } from './state-reader.ts';

const PAGE_BYTES = 65_536;

/**
 * Brings a fresh instance to where the snapshot was taken, and checks that it is there.
 *
 * @returns the checkpoints that were collected before
 * @throws SandboxError `SNAPSHOT_INVALID`, `HOST_MEMORY`
 */
export function restoreJob(
  { exports, host }: StandingJob,
  head: SnapshotHead,
  body: Uint8Array,
  limits: JobLimits,
): readonly StateAt[] {
  if (head.fuel > limits.fuel) throw invalidSnapshot('it has spent more fuel than the job has');
  if (!exports.step) throw invalidSnapshot('the job has no steps');
  const state = readState(body);
  if (state.output.length > limits.outputBytes)
    throw invalidSnapshot('its result is longer than was ordered');
  fillMemory(exports.memory as Memory, state, limits);
  if (!writeGlobals(exports, state.globals)) throw invalidSnapshot('its globals are not those of the module');
  host.restore(state);
  if (hashState({ exports, host, fuel: head.fuel }) !== head.state) {
    throw invalidSnapshot('its state is not the one that it names');
  }
  checkOrder(state, head.fuel);
  return state.checkpoints;
}

function checkOrder({ checkpoints }: WrittenState, spent: bigint): void {
  let last = 0n;
  for (const { fuel } of checkpoints) {
    if (fuel <= last || fuel > spent) throw invalidSnapshot('its checkpoints are out of order');
    last = fuel;
  }
}

function fillMemory(memory: Memory, { pageCount, pages }: WrittenState, { memoryPages }: JobLimits): void {
  const missing = pageCount - pagesOf(memory);
  if (missing < 0 || pageCount > memoryPages) throw invalidSnapshot('its memory has another size');
  if (missing > 0) growMemory(memory, missing);
  const bytes = new Uint8Array(memory.buffer);
  bytes.fill(0);
  for (const [index, page] of pages) bytes.set(page, index * PAGE_BYTES);
}

function growMemory(memory: Memory, pages: number): void {
  try {
    memory.grow(pages);
  } catch (cause) {
    // The one error stands for two things; only its words tell which.
    if (/maximum/i.test(String(cause))) throw invalidSnapshot('its memory has another size', cause);
    throw new SandboxError('HOST_MEMORY', 'The machine could not give the job its memory.', {}, cause);
  }
}
