import { input, output } from "../../../packages/sandbox/template/assembly/millrace";

/** How many rounds are wanted: the input, a u32. */
export function rounds(): u32 {
  return load<u32>(input().dataStart);
}

/** The result: a word that depends on every round, so that a machine that counts wrongly is found out. */
export function answer(word: u64): void {
  const bytes = new Uint8Array(8);
  store<u64>(bytes.dataStart, word);
  output(bytes);
}

/** FNV-1a, a word at a time. */
@inline
export function mix(hash: u64, word: u64): u64 {
  return (hash ^ word) * 0x100000001b3;
}

/** xorshift32: numbers that look random. */
@inline
export function next(state: u32): u32 {
  state ^= state << 13;
  state ^= state >> 17;
  return state ^ (state << 5);
}
