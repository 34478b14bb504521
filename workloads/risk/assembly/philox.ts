// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", 2011): four random words of a
// counter and a key. Draw n of path k is a function of (key, k, n), so it does not matter which machine comes to path k.

let counter0: u32 = 0;
let counter1: u32 = 0;
let counter2: u32 = 0;
let counter3: u32 = 0;

/** One of the four words of block `block` for a path. */
export function draw(key: u64, path: u64, block: u32, word: u32): u32 {
  if (word == 0) fill(key, path, block);
  if (word == 0) return counter0;
  if (word == 1) return counter1;
  return word == 2 ? counter2 : counter3;
}

function fill(key: u64, path: u64, block: u32): void {
  let key0 = <u32>key;
  let key1 = <u32>(key >> 32);
  let word0 = <u32>path;
  let word1 = <u32>(path >> 32);
  let word2 = block;
  let word3: u32 = 0;
  for (let round = 0; round < 10; round++) {
    const first = <u64>0xd2511f53 * <u64>word0;
    const second = <u64>0xcd9e8d57 * <u64>word2;
    word0 = <u32>(second >> 32) ^ word1 ^ key0;
    word1 = <u32>second;
    word2 = <u32>(first >> 32) ^ word3 ^ key1;
    word3 = <u32>first;
    key0 += 0x9e3779b9;
    key1 += 0xbb67ae85;
  }
  counter0 = word0;
  counter1 = word1;
  counter2 = word2;
  counter3 = word3;
}
