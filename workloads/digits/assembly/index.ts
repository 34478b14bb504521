import { input, inputPart, inputSize, output, progress } from "../../../packages/sandbox/template/assembly/millrace";

// A convolutional network in whole numbers. Pixels and activations are 0 to 255, weights −127 to 127; a sum is brought to
// the scale of the next layer by a multiplier of 16 bits and a shift, one pair for each channel. `src/model.ts` says how
// the file is laid out, `src/classify.ts` is the same arithmetic in TypeScript.

const MAGIC: u32 = 0x31474944;
const PIXELS: i32 = 28 * 28;
const KERNEL: i32 = 5;
const WANTS_LOGITS: u32 = 1;

@final
class Layer {
  constructor(public inputs: i32, public outputs: i32, public bias: usize, public multiplier: usize, public shift: usize, public weights: usize) {}
}

// A layer's channels: bias, multiplier and shift (i32 each), then the weights of each channel in turn.
function layerAt(at: usize, inputs: i32, outputs: i32): Layer {
  const words: usize = <usize>outputs * 4;
  return new Layer(inputs, outputs, at, at + words, at + 2 * words, at + 3 * words);
}

function endOf(layer: Layer): usize {
  return layer.weights + <usize>(layer.inputs * layer.outputs);
}

/** Rounds half up, also below zero: one addition and a shift. */
@inline
function rescale(layer: Layer, channel: i32, sum: i32): i32 {
  const at: usize = <usize>channel << 2;
  const shift = <i64>load<i32>(layer.shift + at);
  return <i32>((<i64>sum * <i64>load<i32>(layer.multiplier + at) + (<i64>1 << (shift - 1))) >> shift);
}

/** Every second position, no border; planes of `size` by `size` become planes of `next` by `next`. */
function convolve(layer: Layer, planes: i32, size: i32, from: usize, next: i32, to: usize): void {
  for (let channel = 0; channel < layer.outputs; channel++) {
    const weights = layer.weights + <usize>(channel * layer.inputs);
    const bias = load<i32>(layer.bias + (<usize>channel << 2));
    for (let row = 0; row < next; row++) {
      for (let column = 0; column < next; column++) {
        let sum = bias;
        let weight = weights;
        for (let plane = 0; plane < planes; plane++) {
          let line = from + <usize>((plane * size + row * 2) * size + column * 2);
          for (let y = 0; y < KERNEL; y++) {
            sum += <i32>load<u8>(line) * <i32>load<i8>(weight);
            sum += <i32>load<u8>(line, 1) * <i32>load<i8>(weight, 1);
            sum += <i32>load<u8>(line, 2) * <i32>load<i8>(weight, 2);
            sum += <i32>load<u8>(line, 3) * <i32>load<i8>(weight, 3);
            sum += <i32>load<u8>(line, 4) * <i32>load<i8>(weight, 4);
            line += <usize>size;
            weight += KERNEL;
          }
        }
        store<u8>(to, <u8>max(0, min(255, rescale(layer, channel, sum))));
        to++;
      }
    }
  }
}

function connect(layer: Layer, from: usize, to: usize): void {
  for (let channel = 0; channel < layer.outputs; channel++) {
    let weight = layer.weights + <usize>(channel * layer.inputs);
    let sum = load<i32>(layer.bias + (<usize>channel << 2));
    for (let at: usize = 0; at < <usize>layer.inputs; at++) {
      sum += <i32>load<u8>(from + at) * <i32>load<i8>(weight + at);
    }
    store<i32>(to + (<usize>channel << 2), rescale(layer, channel, sum));
  }
}

/** The first of the largest. */
function largest(logits: usize): u8 {
  let best = 0;
  for (let digit = 1; digit < 10; digit++) {
    if (load<i32>(logits + (<usize>digit << 2)) > load<i32>(logits + (<usize>best << 2))) best = digit;
  }
  return <u8>best;
}

const INVALID = 1;

/** Input: the model, then images as `src/digits-job.ts` writes them. */
export function run(): i32 {
  const first = layerAt(4, KERNEL * KERNEL, 8);
  const second = layerAt(endOf(first), KERNEL * KERNEL * 8, 16);
  const third = layerAt(endOf(second), 4 * 4 * 16, 10);
  const size = <i32>endOf(third);
  const all = inputSize();
  if (all < size + 8) return INVALID;
  const model = inputPart(0, size + 8);
  const base = model.dataStart;
  if (load<u32>(base) != MAGIC) return INVALID;
  move(first, base);
  move(second, base);
  move(third, base);
  const count = load<u32>(base + <usize>size);
  const wants = load<u32>(base + <usize>size, 4) & WANTS_LOGITS;
  if (<u64>all != <u64>size + 8 + <u64>count * PIXELS) return INVALID;

  const labels = new Uint8Array(<i32>count);
  const logits = new Uint8Array(wants ? <i32>count * 40 : 40);
  const planes = new Uint8Array(12 * 12 * 8);
  const features = new Uint8Array(4 * 4 * 16);
  for (let index: i32 = 0; index < <i32>count; index++) {
    const image = inputPart(size + 8 + index * PIXELS, PIXELS);
    const at = logits.dataStart + <usize>(wants ? index * 40 : 0);
    convolve(first, 1, 28, image.dataStart, 12, planes.dataStart);
    convolve(second, 8, 12, planes.dataStart, 4, features.dataStart);
    connect(third, features.dataStart, at);
    labels[index] = largest(at);
    if ((index & 31) == 31) progress(index + 1, count);
  }
  output(labels);
  if (wants) output(logits);
  return 0;
}

function move(layer: Layer, by: usize): void {
  layer.bias += by;
  layer.multiplier += by;
  layer.shift += by;
  layer.weights += by;
}
