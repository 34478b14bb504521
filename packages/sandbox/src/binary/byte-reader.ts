import { SandboxError } from '../sandbox-error.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads the primitives of the WebAssembly binary format, strictly: what it accepts, every engine accepts. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  offset: number;

  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    this.bytes = bytes;
    this.offset = offset;
    this.end = end;
  }

  get isAtEnd(): boolean {
    return this.offset === this.end;
  }

  byte(): number {
    if (this.offset >= this.end) throw this.malformed('it ends too early');
    return this.bytes[this.offset++] as number;
  }

  /** LEB128, unsigned. */
  u32(): number {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      if (shift === 28 && byte > 0x0f) throw this.malformed('a number is longer than 32 bits');
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return result;
    }
  }

  /** LEB128, signed. */
  s32(): number {
    return Number(this.signed(32));
  }

  /** LEB128, signed, 33 bits: a block type. */
  s33(): number {
    return Number(this.signed(33));
  }

  /** LEB128, signed. */
  s64(): bigint {
    return this.signed(64);
  }

  take(length: number): Uint8Array {
    if (length > this.end - this.offset) throw this.malformed('it ends too early');
    this.offset += length;
    return this.bytes.subarray(this.offset - length, this.offset);
  }

  name(): string {
    const bytes = this.take(this.u32());
    try {
      return UTF8.decode(bytes);
    } catch {
      throw this.malformed('a name is not UTF-8');
    }
  }

  /** The next `length` bytes as a reader of their own. */
  section(length: number): ByteReader {
    if (length > this.end - this.offset) throw this.malformed('a section is longer than the module');
    const section = new ByteReader(this.bytes, this.offset, this.offset + length);
    this.offset += length;
    return section;
  }

  malformed(what: string): SandboxError {
    const details = { offset: this.offset };
    return new SandboxError('MODULE_MALFORMED', `The module cannot be read: ${what}.`, details);
  }

  private signed(bits: number): bigint {
    const first = this.bytes[this.offset] as number;
    if (this.offset < this.end && first < 0x80) {
      this.offset++;
      return BigInt((first << 25) >> 25);
    }
    let result = 0n;
    let shift = 0;
    for (;;) {
      const byte = this.byte();
      const left = bits - shift;
      if (left <= 0) throw this.malformed(`a number is longer than ${bits} bits`);
      if (left < 7) {
        // The unused bits repeat the sign.
        const rest = (byte << 25) >> (25 + left - 1);
        if (byte >= 0x80 || (rest !== 0 && rest !== -1))
          throw this.malformed(`a number is longer than ${bits} bits`);
      }
      result |= BigInt(byte & 0x7f) << BigInt(shift);
      shift += 7;
      if (byte < 0x80) return BigInt.asIntN(Math.min(shift, bits), result);
    }
  }
}
