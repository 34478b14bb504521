import { chacha20 } from '@noble/ciphers/chacha';

const CHUNK = 4_096;
const BLOCK = 64;
/** Blocks that ChaCha20 counts (RFC 8439, 32 bits) before the nonce has to change. */
const BLOCKS_PER_NONCE = 2 ** 32;

/** The key stream of ChaCha20 (RFC 8439) from block 0, nonce 0, key = seed; nonces count up when blocks run out. */
export class SeededRandom {
  private readonly seed: Uint8Array;
  private chunk: Uint8Array = new Uint8Array(0);
  private used = 0;
  /** Bytes handed out. */
  position = 0;

  constructor(seed: Uint8Array) {
    this.seed = seed;
  }

  fill(target: Uint8Array): void {
    for (let filled = 0; filled < target.length; ) {
      if (this.used === this.chunk.length) this.refill();
      const part = this.chunk.subarray(this.used, this.used + target.length - filled);
      target.set(part, filled);
      filled += part.length;
      this.used += part.length;
      this.position += part.length;
    }
  }

  /** As if that many bytes had been handed out. */
  seek(position: number): void {
    const used = position % CHUNK;
    this.position = position - used;
    this.chunk = new Uint8Array(0);
    this.used = 0;
    if (used === 0) return;
    this.refill();
    this.used = used;
    this.position = position;
  }

  private refill(): void {
    const block = this.position / BLOCK;
    const nonce = new Uint8Array(12);
    new DataView(nonce.buffer).setUint32(0, Math.floor(block / BLOCKS_PER_NONCE), true);
    this.chunk = chacha20(this.seed, nonce, new Uint8Array(CHUNK), undefined, block % BLOCKS_PER_NONCE);
    this.used = 0;
  }
}
