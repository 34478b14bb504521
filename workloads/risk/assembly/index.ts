import { input, output, progress } from "../../../packages/sandbox/template/assembly/millrace";
import { Largest } from "./largest";
import { lossOfPath } from "./path";
import { Plan, planSize } from "./plan";

const AGAIN = 1;
const DONE = 0;
const INVALID = 2;
const PIECE_BYTES = 16;
const SHARE_BYTES = 56;

/** Between two steps a job can be stopped, or written down and sent elsewhere: a few milliseconds of work. */
const GROWTHS_PER_STEP: u32 = 400000;

/** So that the sum of losses never leaves 64 bits: its lower part is kept apart. */
const LOW_BITS: i64 = 20;

/** A piece on its way. */
@final
class Piece {
  plan: Plan;
  first: u64;
  count: u64;
  done: u64 = 0;
  perStep: u64;
  high: i64 = 0;
  low: i64 = 0;
  fingerprint: u64 = 0;
  tail: Largest;
  factors: StaticArray<u64>;

  constructor(plan: Plan, first: u64, count: u64) {
    this.plan = plan;
    this.first = first;
    this.count = count;
    this.perStep = max(1, GROWTHS_PER_STEP / (plan.steps * (plan.assets + 1)));
    this.tail = new Largest(<i32>min(count, <u64>plan.tail));
    this.factors = new StaticArray<u64>(<i32>plan.assets);
  }

  run(): void {
    const end = min(this.count, this.done + this.perStep);
    for (let index = this.done; index < end; index++) {
      const path = this.first + index;
      const loss = lossOfPath(this.plan, path, this.factors);
      this.high += loss >> LOW_BITS;
      this.low += loss & ((1 << LOW_BITS) - 1);
      this.fingerprint += mix(mix(path) + <u64>loss);
      this.tail.offer(loss);
    }
    this.done = end;
  }

  /** What `src/read-share.ts` reads. */
  write(): void {
    const size = <usize>this.tail.size;
    const share = new Uint8Array(SHARE_BYTES + <i32>size * 8);
    const at = share.dataStart;
    store<u64>(at, this.first);
    store<u64>(at, this.count, 8);
    store<i64>(at, this.high, 16);
    store<i64>(at, this.low, 24);
    store<u64>(at, this.fingerprint, 32);
    store<u64>(at, <u64>this.plan.tail, 40);
    store<u64>(at, <u64>size, 48);
    memory.copy(at + SHARE_BYTES, this.tail.sort(), size * 8);
    output(share);
  }
}

/** Mixes 64 bits (the finaliser of MurmurHash3): sums of it over all paths tell whether two calculations agree. */
function mix(value: u64): u64 {
  value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd;
  value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53;
  return value ^ (value >> 33);
}

/** Input: the plan, then the piece, `{first: u64, count: u64}`. */
function readPiece(): Piece | null {
  const bytes = input();
  const size = planSize(bytes);
  if (size == 0 || bytes.length != size + PIECE_BYTES) return null;
  const piece = bytes.dataStart + <usize>size;
  const count = load<u64>(piece, 8);
  if (count > <u64>u32.MAX_VALUE) return null;
  return new Piece(new Plan(bytes), load<u64>(piece), count);
}

let current: Piece | null = null;

export function step(): i32 {
  let piece = current;
  if (piece === null) {
    piece = readPiece();
    if (piece === null) return INVALID;
    current = piece;
  }
  piece.run();
  progress(piece.done, max(1, piece.count));
  if (piece.done < piece.count) return AGAIN;
  piece.write();
  return DONE;
}
