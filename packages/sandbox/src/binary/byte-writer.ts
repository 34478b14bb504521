const UTF8 = new TextEncoder();

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

  byte(...values: number[]): this {
    this.reserve(values.length);
    for (const value of values) this.buffer[this.size++] = value;
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
    return this.s64(BigInt(value | 0));
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
