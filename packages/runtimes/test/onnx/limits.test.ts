import { PauseGate } from '@millrace/sandbox';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createOnnxRuntime } from '../../src/onnx/onnx-runtime.ts';
import { packTensors, type Tensors, unpackTensors } from '../../src/tensors/index.ts';
import { runOn } from '../run-on.ts';
import { attribute, graph, int64, model, tensor, value } from './build-model.ts';

// Each job starts an engine, which takes its time on a machine that does other things.
vi.setConfig({ testTimeout: 180_000 });
const onnx = createOnnxRuntime();
afterAll(() => onnx.close());
const pack = (tensors: Tensors) => [packTensors(tensors)];
const x = pack({ x: { type: 'float32', dims: [2], data: Float32Array.of(1, 2) } });
const ends = { inputs: [value('x', 'float32', [2])], outputs: [value('y', 'float32', [2])] };
const negate = model({ nodes: [{ op: 'Neg', inputs: ['x'], outputs: ['y'] }], ...ends });

/** Adds x to itself 2^62 times. */
const endless = model({
  nodes: [
    {
      op: 'Loop',
      inputs: ['times', 'go', 'x'],
      outputs: ['y'],
      attributes: [
        attribute.graph(
          'body',
          graph({
            nodes: [
              { op: 'Identity', inputs: ['c'], outputs: ['c_out'] },
              { op: 'Add', inputs: ['v', 'v'], outputs: ['v_out'] },
            ],
            inputs: [value('i', 'int64'), value('c', 'bool'), value('v', 'float32', [2])],
            outputs: [value('c_out', 'bool'), value('v_out', 'float32', [2])],
          }),
        ),
      ],
    },
  ],
  constants: [
    tensor('times', 'int64', [], BigInt64Array.of(2n ** 62n)),
    tensor('go', 'bool', [], Uint8Array.of(1)),
  ],
  ...ends,
});

/** As many zeros as it is told. */
const bomb = model({
  nodes: [{ op: 'ConstantOfShape', inputs: ['shape'], outputs: ['y'] }],
  inputs: [value('shape', 'int64', [1])],
  outputs: [value('y', 'float32', ['n'])],
});
const shape = (length: number) => pack({ shape: { type: 'int64', dims: [1], data: int64(length) } });

describe('the bounds of a job', () => {
  it('end a model that never ends, while the event loop goes on', async () => {
    let beats = 0;
    const heart = setInterval(() => beats++, 10);
    const run = runOn(onnx, endless, x, { spec: { timeMilliseconds: 1_500 } });
    await expect(run).rejects.toMatchObject({
      code: 'JOB_TIME_LIMIT',
      retryable: true,
      details: { seconds: 1.5 },
    });
    clearInterval(heart);
    // Not one, were the model run here; how many is up to who else needs the machine.
    expect(beats).toBeGreaterThan(5);
  });

  it('stop a job at once', async () => {
    const stop = new AbortController();
    const run = runOn(onnx, endless, x, { signal: stop.signal });
    let stoppedAt = Number.NaN;
    setTimeout(() => {
      stoppedAt = performance.now();
      stop.abort();
    }, 800);
    await expect(run).rejects.toMatchObject({ code: 'JOB_STOPPED' });
    expect(performance.now() - stoppedAt).toBeLessThan(20_000);
    await expect(runOn(onnx, negate, x, { signal: stop.signal })).rejects.toMatchObject({
      code: 'JOB_STOPPED',
    });
  });

  it('hold memory, in the engine itself', async () => {
    const megabytes = 2 ** 18;
    const spec = { memoryPages: 1_024, outputBytes: 2 ** 30 };
    const fits = await runOn(onnx, bomb, shape(8 * megabytes), { spec });
    expect(unpackTensors(fits.output).tensors.y?.dims).toEqual([8 * megabytes]);
    await expect(runOn(onnx, bomb, shape(100 * megabytes), { spec })).rejects.toMatchObject({
      code: 'JOB_MEMORY_LIMIT',
      fault: 'user',
    });
    await expect(runOn(onnx, negate, x, { spec: { memoryPages: 64 } })).rejects.toMatchObject({
      code: 'JOB_MEMORY_LIMIT',
    });
  });

  it('hold the output and the fuel', async () => {
    await expect(runOn(onnx, bomb, shape(1_000), { spec: { outputBytes: 3_999 } })).rejects.toMatchObject({
      code: 'JOB_OUTPUT_LIMIT',
      details: { allowedBytes: 3_999 },
    });
    const { fuel } = await runOn(onnx, bomb, shape(1_000));
    expect(fuel).toBe(1n + 1n + 1_000n);
    expect((await runOn(onnx, bomb, shape(1_000), { spec: { fuel } })).fuel).toBe(fuel);
    await expect(runOn(onnx, bomb, shape(1_000), { spec: { fuel: fuel - 1n } })).rejects.toMatchObject({
      code: 'JOB_OUT_OF_FUEL',
      details: { fuel: `${fuel - 1n}` },
    });
  });

  it('take inputs that fit the model, and no others', async () => {
    const refused = (inputs: readonly Uint8Array[], words: string) =>
      expect(runOn(onnx, negate, inputs)).rejects.toMatchObject({
        code: 'JOB_INPUT_INVALID',
        shortMessage: expect.stringContaining(words),
      });
    const y = { type: 'float32', dims: [2], data: Float32Array.of(1, 2) } as const;
    await refused([], 'not there');
    await refused(pack({ y }), 'not there');
    await refused([...x, ...pack({ y })], 'takes no tensor');
    await refused([...x, ...x], 'Two inputs');
    await refused(pack({ x: { type: 'float64', dims: [2], data: Float64Array.of(1, 2) } }), 'float32');
    await expect(runOn(onnx, negate, pack({ x: { ...y, dims: [1, 2] } }))).rejects.toMatchObject({
      code: 'JOB_FAILED',
    });
  });

  it('let a paused job stand still, and count no time for it', async () => {
    const steps = 5;
    const many = packTensors(
      { x: { type: 'float32', dims: [steps, 2], data: new Float32Array(2 * steps) } },
      { plan: { steps, sequence: ['x'], links: [] } },
    );
    const began = performance.now();
    await runOn(onnx, negate, [many]);
    // Enough for what it does, on this machine, and no more than it then stands still.
    const timeMilliseconds = Math.ceil(Math.max(3_000, 5 * (performance.now() - began)));
    const gate = new PauseGate();
    gate.pause();
    let hasEnded = false;
    const run = runOn(onnx, negate, [many], { gate, spec: { timeMilliseconds } });
    const noteEnd = () => {
      hasEnded = true;
    };
    run.then(noteEnd, noteEnd);
    await new Promise((resolve) => setTimeout(resolve, timeMilliseconds));
    expect(hasEnded).toBe(false);
    gate.resume();
    expect(unpackTensors((await run).output).tensors.y?.dims).toEqual([steps, 2]);

    gate.pause();
    const stop = new AbortController();
    const stopped = runOn(onnx, negate, [many], { gate, signal: stop.signal });
    setTimeout(() => stop.abort(), 500);
    await expect(stopped).rejects.toMatchObject({ code: 'JOB_STOPPED' });
  });

  it('end what runs when the runtime is closed', async () => {
    const other = createOnnxRuntime();
    const run = runOn(other, endless, x);
    setTimeout(() => void other.close(), 1_000);
    await expect(run).rejects.toMatchObject({ code: 'HOST_CLOSED', retryable: true });
    await expect(runOn(other, negate, x)).rejects.toMatchObject({ code: 'HOST_CLOSED' });
  });
});
