/**
 * A network in whole numbers: two convolutions of 5 × 5 at every second position, then ten sums.
 *
 * The file is `DIG1`, then for each layer, for all its channels: bias, multiplier, shift (i32, little endian), and the
 * weights (int8). An activation is `(sum × multiplier + 2^(shift−1)) >> shift`, held between 0 and 255; a logit the same,
 * not held.
 */
export type Model = { readonly layers: readonly Layer[] };

/** One layer; the lists have an entry for each channel that comes out of it. */
export type Layer = {
  readonly inputs: number;
  readonly outputs: number;
  readonly bias: Int32Array;
  /** Below 2^16, so that a product with a sum is exact in a double too. */
  readonly multiplier: Int32Array;
  readonly shift: Int32Array;
  /** `inputs` of one channel after the other. */
  readonly weights: Int8Array;
};

/** What goes into one sum, and how many sums there are, of each layer. */
export const LAYERS = [
  { inputs: 25, outputs: 8 },
  { inputs: 200, outputs: 16 },
  { inputs: 256, outputs: 10 },
] as const;

const MAGIC = 0x31474944;

/** Bytes of a model's file. */
const MODEL_BYTES = LAYERS.reduce((sum, { inputs, outputs }) => sum + outputs * (12 + inputs), 4);

/** @returns the file of a model */
export function writeModel({ layers }: Model): Uint8Array {
  const bytes = new Uint8Array(MODEL_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  let at = 4;
  for (const { bias, multiplier, shift, weights } of layers) {
    for (const words of [bias, multiplier, shift]) {
      for (const word of words) {
        view.setInt32(at, word, true);
        at += 4;
      }
    }
    bytes.set(new Uint8Array(weights.buffer, weights.byteOffset, weights.length), at);
    at += weights.length;
  }
  return bytes;
}

/** @param bytes a file that {@link writeModel} has written */
export function readModel(bytes: Uint8Array): Model {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 4;
  const words = (count: number) => {
    const list = Int32Array.from({ length: count }, (_, index) => view.getInt32(at + 4 * index, true));
    at += 4 * count;
    return list;
  };
  const layers = LAYERS.map(({ inputs, outputs }): Layer => {
    const [bias, multiplier, shift] = [words(outputs), words(outputs), words(outputs)];
    const weights = new Int8Array(bytes.subarray(at, at + inputs * outputs));
    at += weights.length;
    return { inputs, outputs, bias, multiplier, shift, weights };
  });
  return { layers };
}
