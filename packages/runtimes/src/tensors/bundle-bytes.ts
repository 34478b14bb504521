import { invalid } from './check-bundle.ts';

/** `MTENSOR` and the version. */
const MAGIC = Uint8Array.of(0x4d, 0x54, 0x45, 0x4e, 0x53, 0x4f, 0x52, 1);

/** Data begins at multiples of 8 bytes, so that it can be read where it lies. */
export function roundUp(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

/** In the order of their UTF-8 bytes, which is that of their code points. */
export function byBytes(a: string, b: string): number {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at] as number) - (right[at] as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Writes what comes before the data. Numbers are little-endian, texts and lists follow their length. */
export class HeadWriter {
  private readonly out: number[] = [...MAGIC];

  uint8(value: number): void {
    this.out.push(value);
  }

  uint32(value: number): void {
    this.out.push(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24);
  }

  text(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.uint8(bytes.length);
    this.out.push(...bytes);
  }

  list<T>(items: readonly T[], write: (item: T) => void): void {
    this.uint32(items.length);
    for (const item of items) write(item);
  }

  done(): Uint8Array {
    return Uint8Array.from(this.out);
  }
}

/** Reads what {@link HeadWriter} wrote, and then the data. */
export class BundleReader {
  private readonly view: DataView;
  private readonly bytes: Uint8Array;
  private offset = MAGIC.length;

  /** @throws {@link RuntimeError} `JOB_INPUT_INVALID` */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!MAGIC.every((byte, at) => bytes[at] === byte)) throw invalid('These bytes are no tensors.');
  }

  uint8(): number {
    return this.view.getUint8(this.take(1));
  }

  uint32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  text(): string {
    const length = this.uint8();
    const at = this.take(length);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
        this.bytes.subarray(at, at + length),
      );
    } catch (cause) {
      throw invalid('A name is no text.', { at }, cause);
    }
  }

  list<T>(most: number, read: () => T): T[] {
    const count = this.uint32();
    if (count > most) throw invalid('A list is too long.', { count, most });
    return Array.from({ length: count }, read);
  }

  /** A copy, which begins where its elements may: the bytes themselves may lie anywhere. */
  data(length: number): ArrayBuffer {
    const begin = roundUp(this.offset);
    const gap = this.take(begin - this.offset);
    if (this.bytes.subarray(gap, begin).some((byte) => byte !== 0)) throw invalid('A gap is not empty.');
    const at = this.take(length);
    return this.bytes.slice(at, at + length).buffer as ArrayBuffer;
  }

  end(): void {
    if (this.offset !== this.bytes.length) {
      throw invalid('Something follows the last tensor.', { bytes: this.bytes.length - this.offset });
    }
  }

  private take(length: number): number {
    const at = this.offset;
    if (length > this.bytes.length - at)
      throw invalid('The tensors end too early.', { bytes: this.bytes.length });
    this.offset += length;
    return at;
  }
}
