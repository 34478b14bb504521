import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createOnnxRuntime, DETERMINISTIC_ENGINE } from '../../src/onnx/onnx-runtime.ts';
import { type Tensor, unpackTensors } from '../../src/tensors/index.ts';
import { runOn } from '../run-on.ts';
import { syntheticVoice, VOICE_MODEL, voiceInput } from './voice.ts';

// Each job starts an engine, which takes its time on a machine that does other things.
vi.setConfig({ testTimeout: 120_000 });
const onnx = createOnnxRuntime();
afterAll(() => onnx.close());
const seconds = 4;
const input = voiceInput(syntheticVoice(seconds));

describe('voice activity, by a model that a package ships', () => {
  it('goes through all frames in one job, and gives the same bits in other processes, compiled otherwise', async () => {
    const progress: number[] = [];
    const { output, fuel } = await runOn(onnx, VOICE_MODEL, [input], {
      listener: { onProgress: (millionths) => progress.push(millionths) },
    });
    const { tensors, engine } = unpackTensors(output);
    expect(engine).toBe(DETERMINISTIC_ENGINE);
    expect(tensors.output).toMatchObject({ type: 'float32', dims: [125, 1, 1] });
    expect(tensors.stateN).toMatchObject({ type: 'float32', dims: [2, 1, 128] });
    const voices = [...((tensors.output as Tensor).data as Float32Array)];
    expect(voices.every((probability) => probability >= 0 && probability <= 1)).toBe(true);
    expect(progress.at(-1)).toBe(1_000_000);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));

    const here = `${createHash('sha256').update(output).digest('hex')} ${fuel}`;
    expect(await elsewhere('--no-liftoff')).toBe(here);
    expect(await elsewhere('--liftoff-only')).toBe(here);
  });
});

/** Another process, whose WebAssembly comes out of one of the two compilers of V8 alone. */
async function elsewhere(flag: string): Promise<string> {
  const program = fileURLToPath(new URL('./run-voice.ts', import.meta.url));
  const tsx = import.meta.resolve('tsx/esm');
  const { stdout } = await promisify(execFile)(process.execPath, [
    flag,
    '--conditions=@millrace/source',
    '--import',
    tsx,
    program,
    `${seconds}`,
  ]);
  return stdout.trim();
}
