/** Writes numbers and bytes, big-endian, into a buffer of known size. */
export class StateWriter {
  readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly view: DataView;
  private at = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  u32(value: number): void {
    this.view.setUint32(this.at, value);
    this.at += 4;
  }

  u64(value: bigint): void {
    this.view.setBigUint64(this.at, value);
    this.at += 8;
  }

  put(values: Uint8Array): void {
    this.bytes.set(values, this.at);
    this.at += values.length;
  }
}
