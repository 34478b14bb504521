import { AGAIN, DONE, inputPart, inputSize, log, outputText, progress, randomU64s } from "./millrace";

// All of the state stands out here: it is what a snapshot between two steps holds.
const POINTS_A_STEP = 16384;
const points = new StaticArray<u64>(POINTS_A_STEP);
let wanted: u64 = 0;
let done: u64 = 0;
let inside: u64 = 0;

/**
 * A job in steps: finds pi by chance, from as many points as the input says (8 bytes, little-endian). It is called again as
 * long as it returns `AGAIN`; between two calls a machine may write it down, and another one may go on.
 */
export function step(): i32 {
  if (done == 0) {
    wanted = inputSize() >= 8 ? load<u64>(inputPart(0, 8).dataStart) : 1000000;
  }
  randomU64s(points);
  const count = <i32>min<u64>(POINTS_A_STEP, wanted - done);
  for (let at = 0; at < count; at++) {
    const x = points[at] & 0x7fffffff;
    const y = points[at] >> 33;
    if (x * x + y * y < 1 << 62) inside++;
  }
  done += count;
  progress(done, wanted);
  if (done < wanted) return AGAIN;
  log(`${done} points`);
  outputText(`${done > 0 ? (inside * 4000000) / done : 0} millionths\n`);
  return DONE;
}
