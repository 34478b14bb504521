import { answer, mix, next, rounds } from "./yardstick";

// Half of each round multiplies matrices; half walks, with the division and the root of simulations.

const SIZE: i32 = 64;
const left = new StaticArray<f64>(SIZE * SIZE);
const right = new StaticArray<f64>(SIZE * SIZE);

function multiply(): u64 {
  let hash: u64 = 0xcbf29ce484222325;
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      let sum: f64 = 0;
      for (let at = 0; at < SIZE; at++) {
        sum += unchecked(left[row * SIZE + at]) * unchecked(right[at * SIZE + column]);
      }
      hash = mix(hash, reinterpret<u64>(sum));
    }
  }
  return hash;
}

function walk(state: u32): f64 {
  let price: f64 = 1;
  for (let step = 0; step < 16384; step++) {
    state = next(state);
    const move = <f64>(state & 0xffff) / 65536 - 0.5;
    price = sqrt(price * price + move * move) / (1 + move * 0.01);
  }
  return price;
}

export function run(): void {
  let state: u32 = 1;
  for (let at = 0; at < SIZE * SIZE; at++) {
    state = next(state);
    unchecked((left[at] = <f64>(state & 0xff) - 128.5));
    unchecked((right[at] = <f64>((state >> 8) & 0xff) - 128.5));
  }
  let hash: u64 = 0xcbf29ce484222325;
  for (let round: u32 = 0, all = rounds(); round < all; round++) {
    hash = mix(hash, multiply());
    state = next(state);
    const price = walk(state);
    hash = mix(hash, reinterpret<u64>(price));
    unchecked((left[round & (SIZE * SIZE - 1)] = price));
  }
  answer(hash);
}
