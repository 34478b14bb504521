import { input, inputSize, output, progress } from "../../../packages/sandbox/template/assembly/millrace";
import { Largest } from "./largest";
import { lossOfPath } from "./path";
import { Plan, planSize } from "./plan";

const INVALID = 1;
const PIECE_BYTES = 16;
const SHARE_BYTES = 56;

/** So that the sum of losses never leaves 64 bits: its lower part is kept apart. */
const LOW_BITS: i64 = 20;

/** Mixes 64 bits (the finaliser of MurmurHash3): sums of it over all paths tell whether two calculations agree. */
function mix(value: u64): u64 {
  value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd;
  value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53;
  return value ^ (value >> 33);
}

/** Input: the plan, then the piece, `{first: u64, count: u64}`. Output: what `src/read-share.ts` reads. */
export function run(): i32 {
  const bytes = input();
  const size = planSize(bytes);
  if (size == 0 || bytes.length != size + PIECE_BYTES) return INVALID;
  const plan = new Plan(bytes);
  const piece = bytes.dataStart + <usize>size;
  const first = load<u64>(piece);
  const count = load<u64>(piece, 8);
  if (count > <u64>u32.MAX_VALUE) return INVALID;

  const tail = new Largest(<i32>min(count, <u64>plan.tail));
  const factors = new StaticArray<u64>(<i32>plan.assets);
  let high: i64 = 0;
  let low: i64 = 0;
  let fingerprint: u64 = 0;
  for (let index: u64 = 0; index < count; index++) {
    const loss = lossOfPath(plan, first + index, factors);
    high += loss >> LOW_BITS;
    low += loss & ((1 << LOW_BITS) - 1);
    fingerprint += mix(mix(first + index) + <u64>loss);
    tail.offer(loss);
    if ((index & 0x3fff) == 0x3fff) progress(index + 1, count);
  }

  const share = new Uint8Array(SHARE_BYTES + tail.size * 8);
  const at = share.dataStart;
  store<u64>(at, first);
  store<u64>(at, count, 8);
  store<i64>(at, high, 16);
  store<i64>(at, low, 24);
  store<u64>(at, fingerprint, 32);
  store<u64>(at, <u64>plan.tail, 40);
  store<u64>(at, <u64>tail.size, 48);
  memory.copy(at + SHARE_BYTES, tail.sort(), <usize>tail.size * 8);
  output(share);
  return 0;
}
