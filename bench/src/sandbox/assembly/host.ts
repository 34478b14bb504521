@external("millrace", "output_write")
declare function outputWrite(from: usize, length: i32): void;

/** The result: enough of it to see that two runs agree. */
export function output(from: usize, length: i32): void {
  outputWrite(from, length);
}

/** xorshift32: numbers that look random. */
export function next(state: u32): u32 {
  state ^= state << 13;
  state ^= state >> 17;
  return state ^ (state << 5);
}

export function abort(_message: string | null, _file: string | null, _line: u32, _column: u32): void {
  unreachable();
}
