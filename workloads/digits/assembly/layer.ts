// A convolutional network in whole numbers. Pixels and activations are 0 to 255, weights −127 to 127; a sum is brought to
// the scale of the next layer by a multiplier of 16 bits and a shift, one pair for each channel. `src/model.ts` says how
// the file is laid out, `src/classify.ts` is the same arithmetic in TypeScript.

export const KERNEL: i32 = 5;

@final
export class Layer {
  constructor(public inputs: i32, public outputs: i32, public bias: usize, public multiplier: usize, public shift: usize, public weights: usize) {}
}

// A layer's channels: bias, multiplier and shift (i32 each), then the weights of each channel in turn.
export function layerAt(at: usize, inputs: i32, outputs: i32): Layer {
  const words: usize = <usize>outputs * 4;
  return new Layer(inputs, outputs, at, at + words, at + 2 * words, at + 3 * words);
}

export function endOf(layer: Layer): usize {
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
export function convolve(layer: Layer, planes: i32, size: i32, from: usize, next: i32, to: usize): void {
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

export function connect(layer: Layer, from: usize, to: usize): void {
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
export function largest(logits: usize): u8 {
  let best = 0;
  for (let digit = 1; digit < 10; digit++) {
    if (load<i32>(logits + (<usize>digit << 2)) > load<i32>(logits + (<usize>best << 2))) best = digit;
  }
  return <u8>best;
}
