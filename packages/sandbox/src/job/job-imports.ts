import { type FunctionType, I32 } from '../module/types.ts';

/** A function that the host offers to a module. */
export type HostFunction = {
  readonly type: FunctionType;
  /** Its last parameter is a number of bytes, which cost fuel. */
  readonly paysLength: boolean;
};

const i32 = (count: number) => Array.from({ length: count }, () => I32 as typeof I32);

/**
 * All that a job may import, from the module `millrace`. There is no clock, and no randomness but that of the seed.
 *
 * - `input_length() → i32`: bytes of input.
 * - `input_read(to, offset, length) → i32`: copies input to memory; answers how many bytes there were.
 * - `output_write(from, length)`: appends to the result.
 * - `log(from, length)`: a line of UTF-8 for whoever watches. No part of the result.
 * - `progress(millionths)`: how much is done. No part of the result.
 * - `random(to, length)`: the next bytes of ChaCha20, keyed by the seed of the job.
 */
export const JOB_IMPORTS: Readonly<Record<string, HostFunction>> = {
  'millrace.input_length': { type: { params: [], results: i32(1) }, paysLength: false },
  'millrace.input_read': { type: { params: i32(3), results: i32(1) }, paysLength: true },
  'millrace.output_write': { type: { params: i32(2), results: [] }, paysLength: true },
  'millrace.log': { type: { params: i32(2), results: [] }, paysLength: true },
  'millrace.progress': { type: { params: i32(1), results: [] }, paysLength: false },
  'millrace.random': { type: { params: i32(2), results: [] }, paysLength: true },
};
