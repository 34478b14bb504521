/** Bytes that come in pieces, however small, in little more memory than they have. */
export class GrowingBytes {
  private bytes = new Uint8Array(4_096);
  length = 0;

  push(piece: Uint8Array): void {
    const needed = this.length + piece.length;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(piece, this.length);
    this.length = needed;
  }

  done(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}
