// What a job can ask of the machine that runs it. There is no clock and no other source of chance: the same module, input
// and seed give the same result everywhere.

@external("millrace", "input_length")
declare function inputLength(): i32;
@external("millrace", "input_read")
declare function inputRead(to: usize, offset: i32, length: i32): i32;
@external("millrace", "output_write")
declare function outputWrite(from: usize, length: i32): void;
@external("millrace", "log")
declare function logLine(from: usize, length: i32): void;
@external("millrace", "progress")
declare function progressMillionths(millionths: i32): void;
@external("millrace", "random")
declare function randomBytes(to: usize, length: i32): void;

/** What `step` returns when it is to be called again. */
export const AGAIN: i32 = 1;
/** What `step` returns when the job is done. Any other number is a failure, and says which. */
export const DONE: i32 = 0;

/** All of the input. */
export function input(): Uint8Array {
  return inputPart(0, inputLength());
}

/** How many bytes of input there are. */
export function inputSize(): i32 {
  return inputLength();
}

/** A part of the input: shorter where the input ends. */
export function inputPart(offset: i32, length: i32): Uint8Array {
  const bytes = new Uint8Array(min(length, max(inputLength() - offset, 0)));
  inputRead(bytes.dataStart, offset, bytes.length);
  return bytes;
}

/** All of the input, which is UTF-8. */
export function inputText(): string {
  const bytes = input();
  return String.UTF8.decodeUnsafe(bytes.dataStart, bytes.length);
}

/** Appends to the result. */
export function output(bytes: Uint8Array): void {
  outputWrite(bytes.dataStart, bytes.length);
}

/** Appends text to the result, as UTF-8. */
export function outputText(text: string): void {
  const bytes = String.UTF8.encode(text);
  outputWrite(changetype<usize>(bytes), bytes.byteLength);
}

/** A line for whoever watches. No part of the result. */
export function log(text: string): void {
  const bytes = String.UTF8.encode(text);
  logLine(changetype<usize>(bytes), bytes.byteLength);
}

/** Says that `done` of `all` steps are done. No part of the result. */
export function progress(done: i64, all: i64): void {
  progressMillionths(<i32>((done * 1000000) / all));
}

/** Fills the array with random bytes of the job's seed. */
export function random(bytes: Uint8Array): void {
  randomBytes(bytes.dataStart, bytes.length);
}

/** A random number of 64 bits. */
export function randomU64(): u64 {
  const bytes = new StaticArray<u64>(1);
  randomBytes(changetype<usize>(bytes), 8);
  return bytes[0];
}

/** Fills the array with random numbers of 64 bits, which is faster than one by one. */
export function randomU64s(numbers: StaticArray<u64>): void {
  randomBytes(changetype<usize>(numbers), numbers.length << 3);
}

/** How `assert`, `throw` and the runtime end a job: by a line of log, then a trap. Named in asconfig.json. */
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  const what = message === null ? "abort" : message;
  const where = file === null ? "" : ` (${file}:${line}:${column})`;
  log(what + where);
  unreachable();
}
