import { next, output } from "./host";

@external("millrace", "input_read")
declare function inputRead(to: usize, offset: i32, length: i32): i32;

const IN = memory.data(12);

/** Turns a seed so many times; says which job it was, and what came out. Input: job, seed, turns. */
export function run(): void {
  inputRead(IN, 0, 12);
  let state = load<u32>(IN, 4);
  for (let left = load<u32>(IN, 8); left != 0; left--) state = next(state);
  store<u32>(IN, state, 4);
  output(IN, 8);
}
