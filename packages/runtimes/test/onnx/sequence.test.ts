import { sha256 } from 'viem';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createOnnxRuntime, DETERMINISTIC_ENGINE } from '../../src/onnx/onnx-runtime.ts';
import type { Snapshot } from '../../src/task.ts';
import { packTensors, type Tensor, type TensorBundle, unpackTensors } from '../../src/tensors/index.ts';
import { runOn } from '../run-on.ts';
import { attribute, model, value } from './build-model.ts';
import { syntheticVoice, VOICE_MODEL, voiceInput } from './voice.ts';

// Each job starts an engine, which takes its time on a machine that does other things.
vi.setConfig({ testTimeout: 60_000 });
const onnx = createOnnxRuntime();
afterAll(() => onnx.close());

/** sum' = sum + x, twice = 2 sum'. */
const accumulate = model({
  nodes: [
    { op: 'Add', inputs: ['sum', 'x'], outputs: ['next'] },
    { op: 'Add', inputs: ['next', 'next'], outputs: ['twice'] },
  ],
  inputs: [value('sum', 'float32', [2]), value('x', 'float32', [2])],
  outputs: [value('twice', 'float32', [2]), value('next', 'float32', [2])],
});
const floats = (dims: readonly number[], ...data: number[]): Tensor => ({
  type: 'float32',
  dims,
  data: Float32Array.from(data),
});
const pack = ({ tensors, ...rest }: TensorBundle) => packTensors(tensors, rest);
const three: TensorBundle = {
  tensors: { x: floats([3, 2], 1, 10, 2, 20, 3, 30), sum: floats([2], 100, 0) },
  plan: { steps: 3, sequence: ['x'], links: [{ output: 'next', input: 'sum' }] },
};

describe('a model that runs several times in one job', () => {
  it('sees its state again, and gives what it had left and every other output of every step', async () => {
    const { output, fuel } = await runOn(onnx, accumulate, [pack(three)]);
    expect(unpackTensors(output)).toEqual({
      engine: DETERMINISTIC_ENGINE,
      tensors: Object.assign(Object.create(null), {
        next: floats([2], 106, 60),
        twice: floats([3, 2], 202, 20, 206, 60, 212, 120),
      }),
    });
    expect(fuel).toBe(3n * (2n + 0n + 4n + 4n));
  });

  it('is a batch without links, with inputs that stay the same', async () => {
    const bundle = { ...three, plan: { steps: 3, sequence: ['x'], links: [] } };
    const { tensors } = unpackTensors((await runOn(onnx, accumulate, [pack(bundle)])).output);
    expect(tensors.next).toEqual(floats([3, 2], 101, 10, 102, 20, 103, 30));
  });

  it('may get its tensors in several inputs', async () => {
    const [x, sum] = [three.tensors.x as Tensor, three.tensors.sum as Tensor];
    const parts = [packTensors({ sum }), pack({ tensors: { x } })];
    await expect(runOn(onnx, accumulate, parts)).rejects.toMatchObject({ code: 'JOB_FAILED' });
    const flat = [packTensors({ sum }), packTensors({ x: floats([2], 1, 2) })];
    const { tensors } = unpackTensors((await runOn(onnx, accumulate, flat)).output);
    expect(tensors.next).toEqual(floats([2], 101, 2));
  });

  it('runs on the engine that its input names, or not at all', async () => {
    const named = pack({ ...three, engine: DETERMINISTIC_ENGINE });
    const plain = await runOn(onnx, accumulate, [pack(three)]);
    expect((await runOn(onnx, accumulate, [named])).output).toEqual(plain.output);
    const other = pack({ ...three, engine: 'onnxruntime-web@1.21.0/wasm/1' });
    await expect(runOn(onnx, accumulate, [other])).rejects.toMatchObject({
      code: 'HOST_UNAVAILABLE',
      retryable: true,
    });
  });

  it('may not change the shape of an output on its way', async () => {
    const grow = model({
      nodes: [
        { op: 'Concat', inputs: ['s', 's'], outputs: ['t'], attributes: [attribute.int('axis', 0)] },
        { op: 'Identity', inputs: ['t'], outputs: ['y'] },
      ],
      inputs: [value('s', 'float32', ['n'])],
      outputs: [value('t', 'float32', ['m']), value('y', 'float32', ['m'])],
    });
    const input = {
      tensors: { s: floats([1], 1) },
      plan: { steps: 3, sequence: [], links: [{ output: 't', input: 's' }] },
    };
    await expect(runOn(onnx, grow, [pack(input)])).rejects.toMatchObject({
      code: 'JOB_FAILED',
      details: { reason: expect.stringContaining('changes its shape') },
    });
  });

  it('has one NaN, whatever bits went in', async () => {
    const bits = new Float32Array(Uint32Array.of(0xffc1_2345, 0x7f80_0001).buffer);
    const input = { x: { type: 'float32', dims: [2], data: bits }, sum: floats([2], 0, 0) } as const;
    const { tensors } = unpackTensors((await runOn(onnx, accumulate, [packTensors(input)])).output);
    const { buffer } = (tensors.next as Tensor).data;
    expect([...new Uint32Array(buffer)]).toEqual([0x7fc0_0000, 0x7fc0_0000]);
  });
});

describe('a snapshot', () => {
  it('is gone on from to the same bytes and fuel, and by no other job', async () => {
    const input = voiceInput(syntheticVoice(8));
    const snapshots: Snapshot[] = [];
    const whole = await runOn(onnx, VOICE_MODEL, [input], {
      // Often enough for the fastest machine.
      snapshotSeconds: 1e-3,
      listener: { onSnapshot: (snapshot) => void snapshots.push(snapshot) },
    });
    expect(snapshots.length).toBeGreaterThan(2);
    const resume = snapshots[Math.floor(snapshots.length / 2)] as Snapshot;
    expect(resume.state).toBe(sha256(resume.bytes));
    expect(resume.fuel).toBeLessThan(whole.fuel);

    let first = 0;
    const { state: _, ...without } = resume;
    const rest = await runOn(onnx, VOICE_MODEL, [input], {
      // Whoever orders a job names its snapshot by CID, and no hash of a state.
      resume: without,
      listener: {
        onProgress: (millionths) => {
          first ||= millionths;
        },
      },
    });
    expect(rest).toEqual(whole);
    expect(first).toBeGreaterThan(10_000);

    const refused = (job: Uint8Array, snapshot: Snapshot, code: string) =>
      expect(runOn(onnx, VOICE_MODEL, [job], { resume: snapshot })).rejects.toMatchObject({ code });
    await refused(voiceInput(syntheticVoice(7)), resume, 'SNAPSHOT_FOREIGN');
    await refused(input, { ...resume, bytes: resume.bytes.slice(1) }, 'SNAPSHOT_INVALID');
    await refused(input, { ...resume, fuel: 1n }, 'SNAPSHOT_INVALID');
    const nonsense = packTensors({});
    await refused(input, { ...resume, bytes: nonsense, state: sha256(nonsense) }, 'SNAPSHOT_FOREIGN');
  });
});
