import type { StateAt } from '../run/job.ts';
import type { HostState } from '../run/job-host.ts';
import { invalidSnapshot, StateReader } from './state-reader.ts';
import { StateWriter } from './state-writer.ts';

const PAGE_BYTES = 65_536;
const ZERO_PAGE = Buffer.alloc(PAGE_BYTES);
const WORD = 8;
const HASH = 32;
/** Random bytes drawn, bytes logged, length of the result; counts of globals, checkpoints, pages, kept pages. */
const FIXED = 3 * WORD + 4 * 4;
const MOST_GLOBALS = 20_000;

/** What a snapshot holds, but for the fuel. */
export type WrittenState = HostState & {
  readonly globals: readonly bigint[];
  readonly checkpoints: readonly StateAt[];
  /** Of 64 KiB each. */
  readonly pageCount: number;
  /** Those that are not all zeros, by index, ascending. */
  readonly pages: ReadonlyMap<number, Uint8Array>;
};

/** The pages of a memory that are not all zeros, as views. */
export function usedPages(memory: Uint8Array): Map<number, Uint8Array> {
  const pages = new Map<number, Uint8Array>();
  for (let index = 0; index * PAGE_BYTES < memory.length; index++) {
    const page = memory.subarray(index * PAGE_BYTES, (index + 1) * PAGE_BYTES);
    if (!ZERO_PAGE.equals(page)) pages.set(index, page);
  }
  return pages;
}

/** Decompressed bytes that a snapshot of a job with these limits may have. */
export function mostStateBytes(memoryPages: number, outputBytes: number, checkpoints: number): number {
  return (
    FIXED + (WORD + HASH) * checkpoints + MOST_GLOBALS * WORD + outputBytes + memoryPages * (PAGE_BYTES + 4)
  );
}

/** Copies a state, so that the job can go on. */
export function writeState(state: WrittenState): Uint8Array<ArrayBuffer> {
  const { output, globals, checkpoints, pages } = state;
  const lists = globals.length * WORD + checkpoints.length * (WORD + HASH);
  const writer = new StateWriter(FIXED + lists + output.length + pages.size * (PAGE_BYTES + 4));
  writer.u64(BigInt(state.randomPosition));
  writer.u64(BigInt(state.loggedBytes));
  writer.u32(globals.length);
  for (const word of globals) writer.u64(word);
  writer.u32(checkpoints.length);
  for (const { fuel, state: hash } of checkpoints) {
    writer.u64(fuel);
    writer.put(Buffer.from(hash, 'hex'));
  }
  writer.u64(BigInt(output.length));
  writer.put(output);
  writer.u32(state.pageCount);
  writer.u32(pages.size);
  for (const index of pages.keys()) writer.u32(index);
  for (const page of pages.values()) writer.put(page);
  return writer.bytes;
}

/**
 * What `writeState` wrote.
 *
 * @throws SandboxError `SNAPSHOT_INVALID`
 */
export function readState(bytes: Uint8Array): WrittenState {
  const reader = new StateReader(bytes);
  const randomPosition = reader.count();
  const loggedBytes = reader.count();
  const globals = reader.list(WORD, () => reader.u64());
  const checkpoints = reader.list(WORD + HASH, () => {
    return { fuel: reader.u64(), state: Buffer.from(reader.take(HASH)).toString('hex') };
  });
  const output = reader.take(reader.count()).slice();
  const pageCount = reader.u32();
  const indices = reader.list(4 + PAGE_BYTES, () => reader.u32());
  const isAscending = indices.every((index, at) => index < pageCount && index > (indices[at - 1] ?? -1));
  if (!isAscending) throw invalidSnapshot('its pages are out of order');
  const pages = new Map(indices.map((index) => [index, reader.take(PAGE_BYTES)]));
  reader.finish();
  return { randomPosition, loggedBytes, globals, checkpoints, output, pageCount, pages };
}
