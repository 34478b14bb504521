// What every piece of a calculation has in common, as `src/write-plan.ts` lays it out: 64-bit words first, so that all are
// aligned.

const MAGIC: u64 = 0x31304b5352494b52;
const HEADER: usize = 48;

/** Steps of one path, at most. */
const MOST_STEPS: u32 = 4096;

@final
export class Plan {
  bytes: Uint8Array;
  key: u64;
  assets: u32;
  rows: u32;
  starts: u32;
  steps: u32;
  block: u32;
  tail: u32;
  /** Money held of each asset (i64). */
  positions: usize;
  /** Rows where a block may begin (u32). */
  startList: usize;
  /** By which factor each asset's price changed in each row (u32, 2^26 is one). */
  growth: usize;

  constructor(bytes: Uint8Array) {
    const at = bytes.dataStart;
    this.bytes = bytes;
    this.key = load<u64>(at, 8);
    this.assets = load<u32>(at, 16);
    this.rows = load<u32>(at, 20);
    this.starts = load<u32>(at, 24);
    this.steps = load<u32>(at, 28);
    this.block = load<u32>(at, 32);
    this.tail = load<u32>(at, 36);
    this.positions = at + HEADER;
    this.startList = this.positions + <usize>this.assets * 8;
    this.growth = this.startList + <usize>this.starts * 4;
  }
}

/** Bytes of the plan at the start of `bytes`, or 0 when there is none that can be calculated with. */
export function planSize(bytes: Uint8Array): i32 {
  const at = bytes.dataStart;
  if (bytes.length < <i32>HEADER || load<u64>(at) != MAGIC) return 0;
  const assets = <u64>load<u32>(at, 16);
  const rows = <u64>load<u32>(at, 20);
  const starts = <u64>load<u32>(at, 24);
  const steps = load<u32>(at, 28);
  const block = <u64>load<u32>(at, 32);
  if (assets == 0 || starts == 0 || block == 0 || load<u32>(at, 36) == 0) return 0;
  if (steps == 0 || steps > MOST_STEPS || starts > rows || assets > 4096 || rows > 1 << 20) return 0;
  const size = <u64>HEADER + assets * 8 + starts * 4 + rows * assets * 4;
  if (size > <u64>bytes.length) return 0;
  for (let index: usize = 0; index < <usize>starts; index++) {
    const start = <u64>load<u32>(at + HEADER + <usize>assets * 8 + index * 4);
    if (start + block > rows) return 0;
  }
  return <i32>size;
}
