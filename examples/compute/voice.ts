// npx tsx --conditions=@millrace/source examples/compute/voice.ts [recording.wav]: where somebody speaks, by an ONNX model.
import { readFile } from 'node:fs/promises';
import { parseJobSpec } from '@millrace/protocol/compute';
import { createOnnxRuntime, PauseGate } from '@millrace/runtimes';
import { readVoice, readWav, sampleRecording, voiceJob } from '@millrace/workload-voice';

const file = process.argv[2];
const sound = file === undefined ? await sampleRecording() : readWav(await readFile(file));
const job = await voiceJob(sound);

// A node looks content up by its CID; here it is at hand, and any name will do.
const module = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku';
const spec = parseJobSpec({
  version: 1,
  runtime: job.runtime,
  module,
  ...job.limits,
  needs: { priceCap: 1n },
});

const onnx = createOnnxRuntime();
const { output } = await onnx.run({
  spec,
  module: job.module,
  inputs: job.inputs,
  gate: new PauseGate(),
  signal: AbortSignal.timeout(300_000),
  listener: { onProgress: (millionths) => process.stderr.write(`\r${Math.floor(millionths / 10_000)} %`) },
});
await onnx.close();
process.stderr.write('\r');

const { segments, engine } = readVoice(output);
for (const { start, end } of segments)
  console.log(`speech from ${start.toFixed(2)} s to ${end.toFixed(2)} s`);
const spoken = segments.reduce((sum, { start, end }) => sum + end - start, 0);
console.log(
  `${spoken.toFixed(2)} s of ${(sound.samples.length / sound.rate).toFixed(2)} s are speech (${engine})`,
);
