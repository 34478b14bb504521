import fc from 'fast-check';

/** Bytes that do not repeat, the same for the same seed: small to write down, any size. */
export function bytesOf(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  for (let at = 0; at < size; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
}

/** Any file around the borders of chunks of `chunkBytes`. */
export const anyFile = (chunkBytes: number, mostChunks: number) =>
  fc
    .tuple(fc.nat(mostChunks), fc.constantFrom(-1, 0, 1, 7), fc.nat())
    .map(([chunks, offset, seed]) => bytesOf(Math.max(0, chunks * chunkBytes + offset), seed));

/** Cuts bytes into pieces of the given sizes, over and over. */
export async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] || 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

export async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return new Uint8Array(Buffer.concat(all));
}
