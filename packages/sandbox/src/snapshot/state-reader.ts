import { SandboxError } from '../sandbox-error.ts';

/** A snapshot that cannot be read. @param what is wrong with it, as a sentence of its own */
export function invalidSnapshot(what: string, cause?: unknown): SandboxError {
  return new SandboxError('SNAPSHOT_INVALID', `The snapshot is damaged, or was forged: ${what}.`, {}, cause);
}

/** Reads numbers and bytes, big-endian, from bytes that nobody vouches for. */
export class StateReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u32(): number {
    return this.view.getUint32(this.advance(4));
  }

  u64(): bigint {
    return this.view.getBigUint64(this.advance(8));
  }

  /** A count that a JavaScript number holds exactly. */
  count(): number {
    const value = this.u64();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw invalidSnapshot('a number is too large');
    return Number(value);
  }

  /** A view, not a copy. */
  take(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  /** As many items as a count in front says; each has at least `bytesEach`, so that no count promises more than there is. */
  list<T>(bytesEach: number, read: () => T): T[] {
    const count = this.u32();
    if (count * bytesEach > this.bytes.length - this.at) throw invalidSnapshot('it is shorter than it says');
    return Array.from({ length: count }, read);
  }

  finish(): void {
    if (this.at !== this.bytes.length) throw invalidSnapshot('it is longer than what it holds');
  }

  private advance(length: number): number {
    const start = this.at;
    if (length > this.bytes.length - start) throw invalidSnapshot('it is shorter than it says');
    this.at += length;
    return start;
  }
}
