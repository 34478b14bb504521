import { type ByteStream, concatBytes, toIterable } from '../byte-stream.ts';
import { ContentError } from '../content-error.ts';

/** A varint of more bytes is larger than any length in use. */
const LONGEST_VARINT = 5;

/** Takes pieces of a stream by length. Holds no more than was asked for and one piece of the stream. */
export type ByteReader = {
  /** `undefined` at the end of the stream. */
  varint(): Promise<number | undefined>;
  /** Exactly `length` bytes. */
  take(length: number): Promise<Uint8Array>;
  close(): Promise<void>;
};

/** @throws {@link ContentError} `CONTENT_CORRUPT`, by its methods, when the stream ends too early. */
export function createByteReader(stream: ByteStream): ByteReader {
  const source = toIterable(stream);
  let held: Uint8Array = new Uint8Array();

  async function more(): Promise<boolean> {
    for (;;) {
      const { done, value } = await source.next();
      if (done) return false;
      if (value.length === 0) continue;
      held = value;
      return true;
    }
  }

  return {
    async varint() {
      let value = 0;
      for (let at = 0; at < LONGEST_VARINT; at++) {
        if (held.length === 0 && !(await more())) {
          if (at === 0) return undefined;
          throw endsTooEarly();
        }
        const byte = held[0] as number;
        held = held.subarray(1);
        value += (byte & 0x7f) * 0x80 ** at;
        if (byte < 0x80) return value;
      }
      throw new ContentError('CONTENT_INVALID', 'A length in the CAR is out of range.');
    },
    async take(length) {
      const pieces: Uint8Array[] = [];
      let missing = length;
      while (missing > 0) {
        if (held.length === 0 && !(await more())) throw endsTooEarly();
        const piece = held.subarray(0, missing);
        held = held.subarray(piece.length);
        pieces.push(piece);
        missing -= piece.length;
      }
      return concatBytes(pieces);
    },
    close: async () => {
      await source.return(undefined);
    },
  };
}

function endsTooEarly(): ContentError {
  return new ContentError('CONTENT_CORRUPT', 'The CAR ends in the middle.');
}
