import { type JobSnapshot, openSandbox, type Sandbox } from '@millrace/sandbox';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import scores from '../model/scores.json' with { type: 'json' };
import { classify, digitOf } from '../src/classify.ts';
import { digitsJob, digitsModel, readDigits, sampleDigits } from '../src/index.ts';
import { readModel, writeModel } from '../src/model.ts';
import { loadSamples, type Sample } from '../train/samples.ts';

// Real work, on machines that may have other things to do.
vi.setConfig({ testTimeout: 120_000 });

let sandbox: Sandbox;
let training: Sample[];
let testing: Sample[];
beforeAll(async () => {
  sandbox = await openSandbox({ threads: 1 });
  ({ training, testing } = loadSamples());
});
afterAll(() => sandbox.close());

it('answers every test image as the same arithmetic in TypeScript does, bit for bit', async () => {
  const images = testing.map(({ image }) => image);
  const job = await digitsJob(images, { logits: true });
  const { output, fuel } = await sandbox.run({ ...job, input: Buffer.concat(job.inputs) });
  const { labels, logits } = readDigits(output, { logits: true });

  const model = readModel(await digitsModel());
  const expected = images.map((image) => classify(model, image));
  expect(logits).toEqual(expected);
  expect([...labels]).toEqual(expected.map(digitOf));

  const right = testing.filter(({ label }, index) => labels[index] === label).length;
  expect(right / testing.length).toBe(scores.int8Accuracy);
  // What is ordered is enough, and little more.
  expect(fuel).toBeGreaterThan((job.limits.fuel * 80n) / 100n);
});

it('reads digits as well as it is said to', () => {
  expect(testing).toHaveLength(scores.testImages);
  expect(scores.floatAccuracy).toBeGreaterThan(0.97);
  expect(scores.int8Accuracy).toBeGreaterThan(scores.floatAccuracy - 0.005);
});

it('is tested on images that training has never seen', () => {
  const known = new Set(training.map(({ image }) => Buffer.from(image).toString('base64')));
  expect(testing.filter(({ image }) => known.has(Buffer.from(image).toString('base64')))).toEqual([]);
});

it('has its samples from the test split', async () => {
  const tested = new Map(testing.map(({ image, label }) => [Buffer.from(image).toString('base64'), label]));
  const samples = await sampleDigits();
  expect(samples).toHaveLength(200);
  for (const { image, label } of samples) {
    expect(tested.get(Buffer.from(image).toString('base64'))).toBe(label);
  }
});

it('gives labels as it goes, and goes on elsewhere from where it stood', async () => {
  const samples = await sampleDigits();
  const job = await digitsJob(samples.map(({ image }) => image));
  const order = { ...job, input: Buffer.concat(job.inputs) };
  const snapshots: JobSnapshot[] = [];
  const pieces: Uint8Array[] = [];
  const watched = await sandbox.run({
    ...order,
    snapshotSeconds: 1e-6,
    onSnapshot: (snapshot) => snapshots.push(snapshot),
    onOutput: (bytes) => pieces.push(bytes),
  });
  expect(Buffer.concat(pieces)).toEqual(Buffer.from(watched.output));
  const middle = snapshots[Math.floor(snapshots.length / 2)] as JobSnapshot;
  expect(middle.fuel).toBeLessThan(watched.fuel);
  expect(await sandbox.run({ ...order, resume: middle.bytes })).toEqual(watched);
});

it('answers labels alone when nothing else is asked for', async () => {
  const samples = await sampleDigits();
  const job = await digitsJob(samples.map(({ image }) => image));
  const { output } = await sandbox.run({ ...job, input: Buffer.concat(job.inputs) });
  expect(output).toHaveLength(200);
  const { labels, logits } = readDigits(output);
  expect(logits).toBeUndefined();
  expect(samples.filter(({ label }, index) => labels[index] === label).length).toBeGreaterThan(190);
});

it('refuses what is no image, no answer, or another model', async () => {
  await expect(digitsJob([new Uint8Array(783)])).rejects.toMatchObject({ code: 'DIGITS_IMAGE_INVALID' });
  expect(() => readDigits(new Uint8Array(42), { logits: true })).toThrow('no answer');
  expect(() => readDigits(Uint8Array.of(10))).toThrow('no answer');
  const job = await digitsJob([new Uint8Array(784)]);
  const damaged = Buffer.concat(job.inputs);
  damaged[0] = 0;
  await expect(sandbox.run({ ...job, input: damaged })).rejects.toMatchObject({
    code: 'JOB_FAILED',
    details: { status: 2 },
  });
  const short = Buffer.concat(job.inputs).subarray(0, -1);
  await expect(sandbox.run({ ...job, input: short })).rejects.toMatchObject({
    code: 'JOB_FAILED',
    details: { status: 2 },
  });
});

it('writes a model as it was read', async () => {
  const bytes = await digitsModel();
  expect(Buffer.compare(writeModel(readModel(bytes)), bytes)).toBe(0);
});
