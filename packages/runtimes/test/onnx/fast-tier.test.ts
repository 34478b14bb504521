import { afterAll, describe, expect, it, vi } from 'vitest';
import { createOnnxRuntime } from '../../src/onnx/onnx-runtime.ts';
import { packTensors, type Tensor, unpackTensors } from '../../src/tensors/index.ts';
import { runOn } from '../run-on.ts';
import { attribute, model, value } from './build-model.ts';
import { syntheticVoice, VOICE_MODEL, voiceInput } from './voice.ts';

vi.setConfig({ testTimeout: 60_000 });
/** The native engine is no dependency, being 290 MB: these tests use it where it is installed, or where this says. */
const onnx = createOnnxRuntime({ native: process.env.MILLRACE_ONNXRUNTIME_NODE });
const isInstalled = onnx.tiers.includes('fast');
afterAll(() => onnx.close());
const spec = { needs: { tier: 'fast' } };

describe('the fast tier, where no native engine is installed', () => {
  const bare = createOnnxRuntime({ native: 'onnxruntime-node-that-nobody-has' });

  it('is not offered, and says what is missing when asked for', async () => {
    expect(bare.tiers).toEqual(['deterministic']);
    expect(await bare.availability()).toEqual({ available: true });
    await expect(runOn(bare, VOICE_MODEL, [packTensors({})], { spec })).rejects.toMatchObject({
      code: 'HOST_UNAVAILABLE',
      retryable: true,
      details: { reason: 'onnxruntime-node is not installed' },
    });
  });
});

describe.runIf(isInstalled)('the fast tier, by the native engine in a process of its own', () => {
  it('agrees with the deterministic tier within a ten-thousandth of each value or of 1, and spends the same fuel', async () => {
    const input = voiceInput(syntheticVoice(4));
    const exact = await runOn(onnx, VOICE_MODEL, [input]);
    const fast = await runOn(onnx, VOICE_MODEL, [input], { spec });
    expect(fast.fuel).toBe(exact.fuel);
    const [left, right] = [exact, fast].map(({ output }) => unpackTensors(output));
    expect(right?.engine).toMatch(/^onnxruntime-node@\d+\.\d+\.\d+\/cpu-\w+-\w+\/1$/);
    const differences = Object.keys(left?.tensors ?? {}).map((name) => {
      const [a, b] = [left?.tensors[name], right?.tensors[name]] as [Tensor, Tensor];
      expect(b.dims).toEqual(a.dims);
      return Math.max(
        ...[...a.data].map(
          (each, at) => Math.abs(Number(each) - Number(b.data[at])) / Math.max(1, Math.abs(Number(each))),
        ),
      );
    });
    expect(Math.max(...differences)).toBeLessThan(1e-4);
  });

  it('ends a process that takes more memory than was ordered, and others go on', async () => {
    const bomb = model({
      nodes: [
        { op: 'ConstantOfShape', inputs: ['shape'], outputs: ['zeros'] },
        { op: 'Cos', inputs: ['zeros'], outputs: ['ones'] },
        { op: 'ReduceSum', inputs: ['ones'], outputs: ['y'], attributes: [attribute.int('keepdims', 0)] },
      ],
      inputs: [value('shape', 'int64', [1])],
      outputs: [value('y', 'float32')],
    });
    const shape = (length: bigint) => [
      packTensors({ shape: { type: 'int64', dims: [1], data: BigInt64Array.of(length) } }),
    ];
    const small = await runOn(onnx, bomb, shape(1_000n), { spec });
    expect(unpackTensors(small.output).tensors.y?.data[0]).toBe(1_000);
    await expect(
      runOn(onnx, bomb, shape(400_000_000n), { spec: { ...spec, memoryPages: 2_048 } }),
    ).rejects.toMatchObject({ code: 'JOB_MEMORY_LIMIT', fault: 'user' });
  });

  it('stops, and is refused what is no model', async () => {
    const stop = new AbortController();
    const run = runOn(onnx, VOICE_MODEL, [voiceInput(syntheticVoice(60))], {
      spec,
      signal: stop.signal,
      listener: { onProgress: () => stop.abort() },
    });
    await expect(run).rejects.toMatchObject({ code: 'JOB_STOPPED' });
    const input = [packTensors({})];
    await expect(runOn(onnx, new Uint8Array(9), input, { spec })).rejects.toMatchObject({
      code: 'MODULE_MALFORMED',
    });
  });
});
