import { bytesToHex, type Hex, hexToBytes } from 'viem';

/** Memory beyond this is not followed: nobody hashes it for a slot. */
const LIMIT = 1 << 20;

/** The memory of a frame, as far as a `vmTrace` tells what was written to it. */
export class TraceMemory {
  #bytes = new Uint8Array(1024);

  write(offset: number, data: Hex): void {
    const length = (data.length - 2) / 2;
    if (length === 0 || !this.#fits(offset + length)) return;
    this.#bytes.set(hexToBytes(data), offset);
  }

  copy(to: number, from: number, length: number): void {
    if (this.#fits(Math.max(to, from) + length)) this.#bytes.copyWithin(to, from, from + length);
  }

  read(offset: number, length: number): Hex | undefined {
    return this.#fits(offset + length)
      ? bytesToHex(this.#bytes.subarray(offset, offset + length))
      : undefined;
  }

  #fits(end: number): boolean {
    if (!(end <= LIMIT)) return false;
    if (end <= this.#bytes.length) return true;
    const bytes = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
    bytes.set(this.#bytes);
    this.#bytes = bytes;
    return true;
  }
}
