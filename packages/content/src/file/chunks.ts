import type { ByteStream } from '../byte-stream.ts';
import { toIterable } from '../byte-stream.ts';

/** Pieces of exactly `size` bytes, and a last one of what is left. Each is a copy of its own. */
export async function* chunksOf(stream: ByteStream, size: number): AsyncGenerator<Uint8Array> {
  let chunk = new Uint8Array(size);
  let filled = 0;
  for await (const piece of toIterable(stream)) {
    for (let at = 0; at < piece.length; ) {
      const taken = piece.subarray(at, at + size - filled);
      chunk.set(taken, filled);
      filled += taken.length;
      at += taken.length;
      if (filled < size) continue;
      yield chunk;
      chunk = new Uint8Array(size);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.slice(0, filled);
}
