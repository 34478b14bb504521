import { readFile } from 'node:fs/promises';
import { packTensors } from '@millrace/runtimes/tensors';
import type { Sound } from './read-wav.ts';
import { VoiceError } from './voice-error.ts';

/** What a job's specification and its inputs are made of. */
export type VoiceJob = {
  readonly runtime: 'onnx';
  readonly module: Uint8Array;
  readonly inputs: readonly [Uint8Array];
  readonly limits: { readonly fuel: bigint; readonly memoryPages: number; readonly outputBytes: number };
};

/** Samples a second that the model hears. */
export const VOICE_RATE = 16_000;
/** Samples that it judges at a time. */
export const FRAME = 512;
/** Of the frame before, which it sees again. */
const CONTEXT = 64;
const STATE = 2 * 128;

/**
 * A job that says how likely somebody speaks, for every 32 ms of a sound: one run of the model for each frame, its state
 * handed on.
 *
 * @throws VoiceError `VOICE_SOUND_INVALID` unless the sound has samples, 16,000 a second
 *
 * @example
 * ```ts
 * const job = await voiceJob(await sampleRecording())
 * const { output } = await onnx.run({ ...task, spec, module: job.module, inputs: job.inputs })
 * const { segments } = readVoice(output)
 * ```
 */
export async function voiceJob({ rate, samples }: Sound): Promise<VoiceJob> {
  if (rate !== VOICE_RATE || samples.length === 0)
    throw new VoiceError('VOICE_SOUND_INVALID', `The sound has ${samples.length} samples, ${rate} a second.`);
  const steps = Math.ceil(samples.length / FRAME);
  const input = packTensors(
    {
      input: { type: 'float32', dims: [steps, 1, CONTEXT + FRAME], data: framesOf(samples, steps) },
      sr: { type: 'int64', dims: [], data: BigInt64Array.of(BigInt(rate)) },
      state: { type: 'float32', dims: [2, 1, 128], data: new Float32Array(STATE) },
    },
    { plan: { steps, sequence: ['input'], links: [{ output: 'stateN', input: 'state' }] } },
  );
  return {
    runtime: 'onnx',
    module: await voiceModel(),
    inputs: [input],
    limits: {
      fuel: BigInt(steps) * FUEL_PER_FRAME,
      memoryPages: 4_096,
      outputBytes: 4_096 + steps * 4 + STATE * 4,
    },
  };
}

/** What the runtime counts, which is a size of the model and the same for every frame. */
const FUEL_PER_FRAME = 550_000n;

/** Silero VAD, version 5 (MIT), as the npm package `@ricky0123/vad-web` (ISC) ships it. */
export function voiceModel(): Promise<Uint8Array> {
  return readFile(new URL('./silero_vad_v5.onnx', import.meta.resolve('@ricky0123/vad-web')));
}

/** Each frame behind the end of the one before; silence before the beginning and behind the end. */
function framesOf(samples: Float32Array, steps: number): Float32Array {
  const padded = new Float32Array(CONTEXT + steps * FRAME);
  padded.set(samples, CONTEXT);
  const frames = new Float32Array(steps * (CONTEXT + FRAME));
  for (let step = 0; step < steps; step++) {
    frames.set(padded.subarray(step * FRAME, (step + 1) * FRAME + CONTEXT), step * (CONTEXT + FRAME));
  }
  return frames;
}
