import { parseJobSpec } from '@millrace/protocol/compute';
import { createOnnxRuntime, type JobRuntime, type RuntimeResult, type Snapshot } from '@millrace/runtimes';
import { PauseGate } from '@millrace/sandbox';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readVoice, type Sound, sampleRecording, VOICE_RATE, type VoiceJob, voiceJob } from '../src/index.ts';

// Real work, on machines that may have other things to do.
vi.setConfig({ testTimeout: 120_000 });

let onnx: JobRuntime;
let recording: Sound;
beforeAll(async () => {
  onnx = createOnnxRuntime();
  recording = await sampleRecording();
});
afterAll(() => onnx.close());

/** Any CID: the runtime gets content, and does not look at names. */
const CID = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku';

function run(job: VoiceJob, rest: Partial<Parameters<JobRuntime['run']>[0]> = {}): Promise<RuntimeResult> {
  const fields = { version: 1, runtime: job.runtime, module: CID, ...job.limits };
  const spec = parseJobSpec({ ...fields, timeMilliseconds: 120_000, needs: { priceCap: 1n } });
  const { module, inputs } = job;
  const signal = new AbortController().signal;
  return onnx.run({ spec, module, inputs, gate: new PauseGate(), signal, listener: {}, ...rest });
}

function silence(seconds: number): Float32Array {
  return new Float32Array(seconds * VOICE_RATE);
}

/** White noise that is the same in every run. */
function noise(seconds: number, loudness: number): Float32Array {
  let state = 1;
  return silence(seconds).map(() => {
    state = (state * 48_271) % 2_147_483_647;
    return ((state / 2_147_483_647) * 2 - 1) * loudness;
  });
}

function join(...parts: Float32Array[]): Sound {
  return { rate: VOICE_RATE, samples: Float32Array.from(parts.flatMap((part) => [...part])) };
}

/** When the recording is first, and last, louder than its background, seconds: 16 ms at a time. */
function loudFrom({ samples }: Sound): { first: number; last: number } {
  const window = 256;
  const loud: number[] = [];
  for (let at = 0; at + window <= samples.length; at += window) {
    const energy = samples.subarray(at, at + window).reduce((sum, each) => sum + each * each, 0) / window;
    if (Math.sqrt(energy) > 0.015) loud.push(at);
  }
  return { first: (loud[0] as number) / VOICE_RATE, last: ((loud.at(-1) as number) + window) / VOICE_RATE };
}

it('finds the speech between silence and noise, and nothing else', async () => {
  const length = recording.samples.length / VOICE_RATE;
  const scene = join(silence(2), recording.samples, noise(2, 0.02), recording.samples, silence(1));
  const job = await voiceJob(scene);
  const { output, fuel } = await run(job);
  const { segments, probabilities, engine } = readVoice(output);
  expect(engine).toMatch(/^onnxruntime-web@/);
  expect(probabilities).toHaveLength(Math.ceil(scene.samples.length / 512));
  // What is ordered is what it takes.
  expect(fuel).toBeGreaterThan((job.limits.fuel * 98n) / 100n);

  const { first, last } = loudFrom(recording);
  for (const start of [2, 4 + length]) {
    const [from, to] = [start + first, start + last];
    const spoken = segments.filter((each) => each.start > start && each.end < start + length);
    expect(Math.abs((spoken[0]?.start ?? 0) - from)).toBeLessThan(0.15);
    expect(Math.abs((spoken.at(-1)?.end ?? 0) - to)).toBeLessThan(0.15);
    const seconds = spoken.reduce((sum, each) => sum + each.end - each.start, 0);
    expect(seconds).toBeGreaterThan((to - from) * 0.9);
  }
  const within = (each: { start: number; end: number }, start: number) =>
    each.start > start && each.end < start + length;
  expect(segments.filter((each) => !within(each, 2) && !within(each, 4 + length))).toEqual([]);
});

it('hears nobody in silence, nor in noise', async () => {
  for (const loudness of [0, 0.005, 0.1]) {
    const { output } = await run(await voiceJob(join(noise(2, loudness))));
    expect(readVoice(output).segments).toEqual([]);
  }
});

it('gives the same bits again, also when it goes on from a snapshot', async () => {
  const job = await voiceJob(recording);
  const snapshots: Snapshot[] = [];
  const plain = await run(job, {
    snapshotSeconds: 1e-6,
    listener: { onSnapshot: (snapshot) => snapshots.push(snapshot) },
  });
  const middle = snapshots[Math.floor(snapshots.length / 2)] as Snapshot;
  expect(middle.fuel).toBeLessThan(plain.fuel);
  const resumed = await run(job, { resume: middle, snapshotSeconds: 1_000 });
  expect(Buffer.compare(resumed.output, plain.output)).toBe(0);
  expect(resumed.fuel).toBe(plain.fuel);
});

it('refuses sound that the model does not hear', async () => {
  const code = 'VOICE_SOUND_INVALID';
  await expect(voiceJob({ ...recording, rate: 44_100 })).rejects.toMatchObject({ code });
  await expect(voiceJob({ ...recording, samples: silence(0) })).rejects.toMatchObject({ code });
});
