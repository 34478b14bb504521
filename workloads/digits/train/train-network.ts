import { Chance } from './chance.ts';
import {
  type Activations,
  createActivations,
  createNetwork,
  evaluate,
  learn,
  type Network,
} from './network.ts';
import type { Sample } from './samples.ts';

const EPOCHS = 24;
const BATCH = 16;
const MOMENTUM = 0.9;
const FIRST_RATE = 0.03;

/**
 * Trains by momentum, each time on slightly moved, slanted and scaled images. The same samples give the same network,
 * bit for bit, on every machine: nothing here but sums, products and square roots.
 *
 * @param onEpoch hears the mean loss of each pass over the samples
 */
export function trainNetwork(
  samples: readonly Sample[],
  onEpoch: (epoch: number, loss: number) => void,
): Network {
  const chance = new Chance(20_261_122);
  const network = createNetwork(chance);
  const speeds = network.layers.map(({ values }) => new Float64Array(values.length));
  const activations = createActivations();
  const slopes = new Float64Array(10);
  const order = [...samples];
  const steps = Math.ceil(order.length / BATCH) * EPOCHS;
  let step = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    chance.shuffle(order);
    let loss = 0;
    for (let start = 0; start < order.length; start += BATCH) {
      const batch = order.slice(start, start + BATCH);
      for (const { image, label } of batch) {
        distort(image, chance, activations);
        evaluate(network, activations);
        loss += softmaxLoss(activations.logits, label, slopes);
        learn(network, activations, slopes);
      }
      const rate = (FIRST_RATE * (1 - step++ / steps)) / batch.length;
      network.layers.forEach(({ values, gradients }, index) => {
        descend(values, gradients, speeds[index] as Float64Array, rate);
      });
    }
    onEpoch(epoch + 1, loss / order.length);
  }
  return network;
}

function descend(values: Float64Array, gradients: Float64Array, speed: Float64Array, rate: number): void {
  for (let at = 0; at < values.length; at++) {
    speed[at] = (speed[at] as number) * MOMENTUM - rate * (gradients[at] as number);
    values[at] = (values[at] as number) + (speed[at] as number);
  }
  gradients.fill(0);
}

/** @returns e^value for value ≤ 0; `Math.exp` may differ between engines in the last digit */
function exponential(value: number): number {
  const halvings = Math.round(value / -Math.LN2);
  const rest = value + halvings * Math.LN2;
  let sum = 1;
  for (let term = 14; term > 0; term--) sum = 1 + (rest / term) * sum;
  for (let count = 0; count < halvings && sum > 0; count++) sum /= 2;
  return sum;
}

function softmaxLoss(logits: Float64Array, label: number, slopes: Float64Array): number {
  const most = Math.max(...logits);
  let sum = 0;
  for (let digit = 0; digit < 10; digit++) {
    const share = exponential((logits[digit] as number) - most);
    slopes[digit] = share;
    sum += share;
  }
  for (let digit = 0; digit < 10; digit++) slopes[digit] = (slopes[digit] as number) / sum;
  const right = slopes[label] as number;
  slopes[label] = right - 1;
  return -Math.log(right + 1e-12);
}

/** The image seen through a random linear map around its middle, at most about two pixels off anywhere. */
function distort(image: Uint8Array, chance: Chance, { image: to }: Activations): void {
  const [xx, yy] = [chance.between(0.85, 1.15), chance.between(0.85, 1.15)];
  const [xy, yx] = [chance.between(-0.18, 0.18), chance.between(-0.18, 0.18)];
  const [dx, dy] = [chance.between(-2, 2), chance.between(-2, 2)];
  for (let row = 0; row < 28; row++) {
    for (let column = 0; column < 28; column++) {
      const [across, down] = [column - 13.5, row - 13.5];
      const x = 13.5 + dx + xx * across + xy * down;
      const y = 13.5 + dy + yx * across + yy * down;
      to[row * 28 + column] = sample(image, x, y) / 255;
    }
  }
}

function sample(image: Uint8Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, below] = [x - left, y - top];
  const above = pixel(image, left, top) * (1 - right) + pixel(image, left + 1, top) * right;
  const under = pixel(image, left, top + 1) * (1 - right) + pixel(image, left + 1, top + 1) * right;
  return above * (1 - below) + under * below;
}

function pixel(image: Uint8Array, x: number, y: number): number {
  return x < 0 || y < 0 || x > 27 || y > 27 ? 0 : (image[y * 28 + x] as number);
}
