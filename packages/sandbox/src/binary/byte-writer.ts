const UTF8 = new TextEncoder();
/** Above, a view and one call are faster than a loop. */
const LONG_COPY = 64;

/** Writes the primitives of the WebAssembly binary format into a buffer that grows. */
export class ByteWriter {
  private buffer: Uint8Array;
  private size = 0;

  constructor(capacity = 64) {
    this.buffer = new Uint8Array(capacity);
  }

  get length(): number {
    return this.size;
  }

  byte(first: number, ...more: number[]): this {
    this.reserve(1 + more.length);
    this.buffer[this.size++] = first;
    for (const value of more) this.buffer[this.size++] = value;
    return this;
  }

  bytes(values: Uint8Array): this {
    this.reserve(values.length);
    this.buffer.set(values, this.size);
    this.size += values.length;
    return this;
  }

  u32(value: number): this {
    let rest = value;
    while (rest > 0x7f) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    return this.byte(rest);
  }

  s64(value: bigint): this {
    let rest = value;
    for (;;) {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      const isLast = (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40);
      if (isLast) return this.byte(low);
      this.byte(low | 0x80);
    }
  }

  s32(value: number): this {
    let rest = value | 0;
    for (;;) {
      const low = rest & 0x7f;
      rest >>= 7;
      const isLast = (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40);
      if (isLast) return this.byte(low);
      this.byte(low | 0x80);
    }
  }

  /** The bytes of `source` from `start` up to `end`. */
  copy(source: Uint8Array, start: number, end: number): this {
    if (end - start > LONG_COPY) return this.bytes(source.subarray(start, end));
    this.reserve(end - start);
    for (let at = start; at < end; at++) this.buffer[this.size++] = source[at] as number;
    return this;
  }

  name(value: string): this {
    return this.sized(UTF8.encode(value));
  }

  /** The length of the bytes, then the bytes. */
  sized(values: Uint8Array): this {
    return this.u32(values.length).bytes(values);
  }

  /** What has been written. */
  done(): Uint8Array {
    return this.buffer.subarray(0, this.size);
  }

  private reserve(more: number): void {
    const needed = this.size + more;
    if (needed <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(needed, this.buffer.length * 2));
    larger.set(this.buffer.subarray(0, this.size));
    this.buffer = larger;
  }
}
