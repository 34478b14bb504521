import { next, output } from "./host";

const SIZE: i32 = 192;

/** Product of two matrices of f64. */
export function run(): void {
  const left = new StaticArray<f64>(SIZE * SIZE);
  const right = new StaticArray<f64>(SIZE * SIZE);
  const product = new StaticArray<f64>(SIZE * SIZE);
  let state: u32 = 1;
  for (let at = 0; at < SIZE * SIZE; at++) {
    state = next(state);
    unchecked((left[at] = <f64>(state & 0xff) - 128.5));
    unchecked((right[at] = <f64>((state >> 8) & 0xff) - 128.5));
  }
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      let sum: f64 = 0;
      for (let at = 0; at < SIZE; at++) {
        sum += unchecked(left[row * SIZE + at]) * unchecked(right[at * SIZE + column]);
      }
      unchecked((product[row * SIZE + column] = sum));
    }
  }
  output(changetype<usize>(product), SIZE * SIZE * 8);
}
