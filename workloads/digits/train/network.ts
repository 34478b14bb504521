import { LAYERS } from '../src/model.ts';
import type { Chance } from './chance.ts';

/** The network of `src/model.ts` in floats, with what training needs. */
export type Network = { readonly layers: readonly FloatLayer[] };

export type FloatLayer = {
  readonly inputs: number;
  readonly outputs: number;
  /** The weights of each channel in turn, then the biases. */
  readonly values: Float64Array;
  readonly gradients: Float64Array;
};

/** What each layer has answered for one image; `image` is 0 to 1. */
export type Activations = {
  readonly image: Float64Array;
  readonly planes: Float64Array;
  readonly features: Float64Array;
  readonly logits: Float64Array;
};

export function createNetwork(chance: Chance): Network {
  const layers = LAYERS.map(({ inputs, outputs }) => {
    const size = (inputs + 1) * outputs;
    const spread = Math.sqrt(2 / inputs);
    const values = Float64Array.from({ length: size }, (_, at) =>
      at < inputs * outputs ? spread * chance.normal() : 0,
    );
    return { inputs, outputs, values, gradients: new Float64Array(size) };
  });
  return { layers };
}

export function createActivations(): Activations {
  const [image, planes] = [new Float64Array(784), new Float64Array(8 * 12 * 12)];
  return { image, planes, features: new Float64Array(256), logits: new Float64Array(10) };
}

/** Fills in all that follows from `image`. */
export function evaluate({ layers }: Network, { image, planes, features, logits }: Activations): void {
  const [first, second, third] = layers as [FloatLayer, FloatLayer, FloatLayer];
  convolve(first, image, 1, 28, planes, 12);
  convolve(second, planes, 8, 12, features, 4);
  for (let channel = 0; channel < 10; channel++) {
    let sum = third.values[2560 + channel] as number;
    const weight = channel * 256;
    for (let at = 0; at < 256; at++) {
      sum += (features[at] as number) * (third.values[weight + at] as number);
    }
    logits[channel] = sum;
  }
}

/** Adds the gradients of one image's loss; `slopes` is the loss's slope at each logit. */
export function learn({ layers }: Network, activations: Activations, slopes: Float64Array): void {
  const [first, second, third] = layers as [FloatLayer, FloatLayer, FloatLayer];
  const { image, planes, features } = activations;
  const atFeatures = new Float64Array(256);
  for (let channel = 0; channel < 10; channel++) {
    const slope = slopes[channel] as number;
    const weight = channel * 256;
    for (let at = 0; at < 256; at++) {
      third.gradients[weight + at] =
        (third.gradients[weight + at] as number) + slope * (features[at] as number);
      atFeatures[at] = (atFeatures[at] as number) + slope * (third.values[weight + at] as number);
    }
    third.gradients[2560 + channel] = (third.gradients[2560 + channel] as number) + slope;
  }
  const atPlanes = new Float64Array(planes.length);
  unconvolve(second, planes, 8, 12, features, 4, atFeatures, atPlanes);
  unconvolve(first, image, 1, 28, planes, 12, atPlanes);
}

function convolve(
  { inputs, outputs, values }: FloatLayer,
  from: Float64Array,
  planes: number,
  size: number,
  to: Float64Array,
  next: number,
): void {
  let at = 0;
  for (let channel = 0; channel < outputs; channel++) {
    for (let row = 0; row < next; row++) {
      for (let column = 0; column < next; column++) {
        let sum = values[inputs * outputs + channel] as number;
        let weight = channel * inputs;
        for (let plane = 0; plane < planes; plane++) {
          for (let y = 0; y < 5; y++) {
            const line = (plane * size + row * 2 + y) * size + column * 2;
            for (let x = 0; x < 5; x++) sum += (from[line + x] as number) * (values[weight++] as number);
          }
        }
        to[at++] = Math.max(sum, 0);
      }
    }
  }
}

/** The way back through {@link convolve}: from the slopes at `to` to those of the weights, and at `from` where wanted. */
function unconvolve(
  { inputs, outputs, values, gradients }: FloatLayer,
  from: Float64Array,
  planes: number,
  size: number,
  to: Float64Array,
  next: number,
  atTo: Float64Array,
  atFrom?: Float64Array,
): void {
  let at = -1;
  for (let channel = 0; channel < outputs; channel++) {
    for (let row = 0; row < next; row++) {
      for (let column = 0; column < next; column++) {
        at++;
        const slope = atTo[at] as number;
        if (to[at] === 0 || slope === 0) continue;
        const bias = inputs * outputs + channel;
        gradients[bias] = (gradients[bias] as number) + slope;
        let weight = channel * inputs;
        for (let plane = 0; plane < planes; plane++) {
          for (let y = 0; y < 5; y++) {
            const line = (plane * size + row * 2 + y) * size + column * 2;
            for (let x = 0; x < 5; x++, weight++) {
              gradients[weight] = (gradients[weight] as number) + slope * (from[line + x] as number);
              if (atFrom)
                atFrom[line + x] = (atFrom[line + x] as number) + slope * (values[weight] as number);
            }
          }
        }
      }
    }
  }
}
