import { AGAIN, DONE, input, log, outputText, randomU64 } from "../../template/assembly/millrace";

// A job in steps with state of every kind: floats that may be NaN, strings, a map, memory that grows, garbage.
let left: i32 = -1;
let mean: f64 = 0;
let trouble: f32 = 0;
const seen = new Map<u64, string>();
const kept = new Array<StaticArray<u8>>();

/** As often as the first byte of the input says, and once at least. */
export function step(): i32 {
  if (left < 0) left = input()[0];
  const drawn = randomU64();
  mean = (mean + f64(drawn >> 12)) / 2;
  trouble = f32(drawn % 7) / f32(drawn % 3);
  seen.set(drawn & 0xff, `${seen.size}:${drawn}`);
  if (drawn % 16 == 0) kept.push(new StaticArray<u8>(1 + <i32>(drawn & 0x1ffff)));
  if (kept.length > 0) kept[kept.length - 1][0] += 1;
  if (drawn % 3 == 0) outputText(`${drawn} ${mean} ${reinterpret<u32>(trouble)}\n`);
  log(`${left} ${kept.length}`);
  if (--left > 0) return AGAIN;
  const keys = seen.keys();
  for (let at = 0; at < keys.length; at++) outputText(seen.get(keys[at]));
  return DONE;
}
