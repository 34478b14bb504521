// npm run train -w @millrace/workload-digits [-- --check]: trains, and writes model/digits.bin and what it scores on the test split.
import { readFileSync, writeFileSync } from 'node:fs';
import { classify, digitOf } from '../src/classify.ts';
import { readModel, writeModel } from '../src/model.ts';
import { createActivations, evaluate } from './network.ts';
import { quantise } from './quantise.ts';
import { loadSamples, type Sample } from './samples.ts';
import { trainNetwork } from './train-network.ts';

const MODEL = new URL('../model/digits.bin', import.meta.url);
const SCORES = new URL('../model/scores.json', import.meta.url);

const { training, testing } = loadSamples();
const started = Date.now();
const network = trainNetwork(training, (epoch, loss) => {
  process.stdout.write(
    `epoch ${epoch}: loss ${loss.toFixed(4)}, ${Math.round((Date.now() - started) / 1000)} s\n`,
  );
});
const bytes = writeModel(quantise(network, training));
const model = readModel(bytes);

const activations = createActivations();
const scores = {
  trainingImages: training.length,
  testImages: testing.length,
  floatAccuracy: share(testing, ({ image, label }) => {
    image.forEach((value, at) => {
      activations.image[at] = value / 255;
    });
    evaluate(network, activations);
    return activations.logits.indexOf(Math.max(...activations.logits)) === label;
  }),
  int8Accuracy: share(testing, ({ image, label }) => digitOf(classify(model, image)) === label),
};
process.stdout.write(`${JSON.stringify(scores)}\n`);

if (process.argv.includes('--check')) {
  const isSame = Buffer.compare(readFileSync(MODEL), bytes) === 0;
  process.stdout.write(
    isSame ? 'The committed model is what training gives.\n' : 'The committed model differs.\n',
  );
  process.exitCode = isSame ? 0 : 1;
} else {
  writeFileSync(MODEL, bytes);
  writeFileSync(SCORES, `${JSON.stringify(scores, null, 2)}\n`);
}

function share(samples: readonly Sample[], isRight: (sample: Sample) => boolean): number {
  return samples.filter(isRight).length / samples.length;
}
