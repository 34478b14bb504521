import { answer, mix, next, rounds } from "./yardstick";

// Half of each round multiplies, as networks do; half shuffles bits and memory, as hashes and sorting do.

const SIZE: i32 = 64;
const left = new StaticArray<i32>(SIZE * SIZE);
const right = new StaticArray<i32>(SIZE * SIZE);
const table = new StaticArray<u32>(16384);

function multiply(): u64 {
  let hash: u64 = 0xcbf29ce484222325;
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      let sum = 0;
      for (let at = 0; at < SIZE; at++) {
        sum += unchecked(left[row * SIZE + at]) * unchecked(right[at * SIZE + column]);
      }
      hash = mix(hash, <u64>sum);
    }
  }
  return hash;
}

function shuffle(state: u32): u32 {
  for (let step = 0; step < 65536; step++) {
    state = next(state);
    const from = state & 16383;
    const to = (state >> 14) & 16383;
    const word = unchecked(table[from]);
    unchecked((table[from] = rotl<u32>(unchecked(table[to]), 7) + state));
    unchecked((table[to] = word ^ state));
  }
  return state;
}

export function run(): void {
  let state: u32 = 1;
  for (let at = 0; at < SIZE * SIZE; at++) {
    state = next(state);
    unchecked((left[at] = <i32>(state & 0xff) - 128));
    unchecked((right[at] = <i32>((state >> 8) & 0xff) - 128));
  }
  let hash: u64 = 0xcbf29ce484222325;
  for (let round: u32 = 0, all = rounds(); round < all; round++) {
    hash = mix(hash, multiply());
    state = shuffle(state);
    hash = mix(hash, <u64>state);
    unchecked((left[round & (SIZE * SIZE - 1)] = <i32>(state & 0xff) - 128));
  }
  answer(hash);
}
