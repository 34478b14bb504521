import { tooManyBytes } from './limits.ts';

/** Bytes in pieces of any size. */
export type ByteStream = AsyncIterable<Uint8Array> | Iterable<Uint8Array> | ReadableStream<Uint8Array>;

/** Any stream of bytes as something to loop over. Leaving the loop cancels the stream. */
export async function* toIterable(stream: ByteStream): AsyncGenerator<Uint8Array> {
  if (!('getReader' in stream)) {
    yield* stream;
    return;
  }
  // Not every browser can loop over a stream.
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      ended = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}

/** @throws {@link ContentError} `CONTENT_TOO_LARGE` as soon as there are more. */
export async function* atMost(maxBytes: number, stream: ByteStream): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of toIterable(stream)) {
    bytes += piece.length;
    if (bytes > maxBytes) throw tooManyBytes(maxBytes);
    yield piece;
  }
}

/** A stream that is read as fast as its reader wants. */
export function toReadableStream(source: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await source.next();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          controller.error(error);
        }
      },
      async cancel() {
        await source.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** All of it in one piece. */
export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
