import type { Layer, Model } from './model.ts';

const PIXELS = 28 * 28;

/**
 * The arithmetic of the job in TypeScript: what the job must answer, bit for bit.
 *
 * @param image 784 bytes, rows from the top, ink is 255
 * @returns ten logits; the digit is the first of the largest
 */
export function classify(model: Model, image: Uint8Array): Int32Array {
  const [first, second, third] = model.layers as [Layer, Layer, Layer];
  const planes = convolve(first, image.subarray(0, PIXELS), 1, 28, 12);
  const features = convolve(second, planes, 8, 12, 4);
  return Int32Array.from({ length: third.outputs }, (_, channel) => {
    let sum = third.bias[channel] as number;
    for (let at = 0; at < third.inputs; at++) {
      sum += (features[at] as number) * (third.weights[channel * third.inputs + at] as number);
    }
    return rescale(third, channel, sum);
  });
}

/** @returns which digit the logits stand for */
export function digitOf(logits: Int32Array): number {
  return logits.indexOf(Math.max(...logits));
}

function convolve(layer: Layer, from: Uint8Array, planes: number, size: number, next: number): Uint8Array {
  const to = new Uint8Array(layer.outputs * next * next);
  let at = 0;
  for (let channel = 0; channel < layer.outputs; channel++) {
    for (let row = 0; row < next; row++) {
      for (let column = 0; column < next; column++) {
        let sum = layer.bias[channel] as number;
        let weight = channel * layer.inputs;
        for (let plane = 0; plane < planes; plane++) {
          for (let y = 0; y < 5; y++) {
            const line = (plane * size + row * 2 + y) * size + column * 2;
            for (let x = 0; x < 5; x++) {
              sum += (from[line + x] as number) * (layer.weights[weight++] as number);
            }
          }
        }
        to[at++] = Math.max(0, Math.min(255, rescale(layer, channel, sum)));
      }
    }
  }
  return to;
}

/** Exact: a sum has at most 23 bits, a multiplier 16. */
function rescale(layer: Layer, channel: number, sum: number): number {
  const unit = 2 ** (layer.shift[channel] as number);
  return Math.floor((sum * (layer.multiplier[channel] as number) + unit / 2) / unit);
}
