import type { Layer, Model } from '../src/model.ts';
import { createActivations, evaluate, type FloatLayer, type Network } from './network.ts';
import type { Sample } from './samples.ts';

/** What one unit of a logit of the job stands for. */
const LOGIT_UNIT = 1 / 1024;

/**
 * The network in whole numbers: each channel of weights has its own scale, each layer of activations one, taken from
 * the largest activation on the samples of training.
 */
export function quantise(network: Network, samples: readonly Sample[]): Model {
  const [planes, features] = largestActivations(network, samples);
  const scales = [1 / 255, planes / 255, features / 255, LOGIT_UNIT] as const;
  const layers = network.layers.map((layer, index) =>
    quantiseLayer(layer, scales[index] as number, scales[index + 1] as number),
  );
  return { layers };
}

function quantiseLayer({ inputs, outputs, values }: FloatLayer, from: number, to: number): Layer {
  const bias = new Int32Array(outputs);
  const multiplier = new Int32Array(outputs);
  const shift = new Int32Array(outputs);
  const weights = new Int8Array(inputs * outputs);
  for (let channel = 0; channel < outputs; channel++) {
    const own = values.subarray(channel * inputs, (channel + 1) * inputs);
    const scale = own.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9) / 127;
    weights.set(
      Array.from(own, (value) => Math.round(value / scale)),
      channel * inputs,
    );
    bias[channel] = Math.round((values[inputs * outputs + channel] as number) / (scale * from));
    let factor = (scale * from) / to;
    let halvings = 0;
    for (; factor < 2 ** 15; factor *= 2) halvings++;
    // Rounded up to 2^16 it would need a bit more: rare, and one unit less is as good.
    multiplier[channel] = Math.min(Math.round(factor), 2 ** 16 - 1);
    shift[channel] = halvings;
  }
  return { inputs, outputs, bias, multiplier, shift, weights };
}

function largestActivations(network: Network, samples: readonly Sample[]): [number, number] {
  const activations = createActivations();
  let [planes, features] = [0, 0];
  for (const { image } of samples) {
    image.forEach((value, at) => {
      activations.image[at] = value / 255;
    });
    evaluate(network, activations);
    for (const value of activations.planes) planes = Math.max(planes, value);
    for (const value of activations.features) features = Math.max(features, value);
  }
  return [planes, features];
}
