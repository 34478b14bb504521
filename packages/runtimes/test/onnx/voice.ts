import { readFileSync } from 'node:fs';
import { packTensors } from '../../src/tensors/index.ts';

/** Silero VAD, as `@ricky0123/vad-web` ships it: 512 samples at 16 kHz, 64 of the frame before, and a state. */
export const VOICE_MODEL = readFileSync(
  new URL('./silero_vad_v5.onnx', import.meta.resolve('@ricky0123/vad-web')),
);

const FRAME = 512;
const CONTEXT = 64;

/** Something like a voice, and silence, by turns of half a second; without any function whose last bit may differ. */
export function syntheticVoice(seconds: number): Float32Array {
  const samples = new Float32Array(seconds * 16_000);
  for (const at of samples.keys()) {
    const isSpoken = Math.floor(at / 8_000) % 2 === 1;
    const saw = (period: number) => ((at % period) / period) * 2 - 1;
    samples[at] = isSpoken ? 0.25 * saw(133) + 0.15 * saw(41) * saw(2_000) + 0.1 * saw(17) : 0.001 * saw(29);
  }
  return samples;
}

/** Sound as one job: a frame for each step, the state handed on. */
export function voiceInput(sound: Float32Array): Uint8Array {
  const steps = Math.floor(sound.length / FRAME);
  const frames = new Float32Array(steps * (CONTEXT + FRAME));
  for (let step = 0; step < steps; step++) {
    const begin = step * FRAME - CONTEXT;
    const frame = sound.subarray(Math.max(0, begin), begin + CONTEXT + FRAME);
    frames.set(frame, (step + 1) * (CONTEXT + FRAME) - frame.length);
  }
  return packTensors(
    {
      input: { type: 'float32', dims: [steps, 1, CONTEXT + FRAME], data: frames },
      state: { type: 'float32', dims: [2, 1, 128], data: new Float32Array(256) },
      sr: { type: 'int64', dims: [], data: BigInt64Array.of(16_000n) },
    },
    { plan: { steps, sequence: ['input'], links: [{ output: 'stateN', input: 'state' }] } },
  );
}
