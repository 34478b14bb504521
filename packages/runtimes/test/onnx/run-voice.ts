// Runs the voice job in a process of its own and prints the hash of its result: run-voice.ts SECONDS
import { createHash } from 'node:crypto';
import { createOnnxRuntime } from '../../src/onnx/onnx-runtime.ts';
import { runOn } from '../run-on.ts';
import { syntheticVoice, VOICE_MODEL, voiceInput } from './voice.ts';

const onnx = createOnnxRuntime();
const { output, fuel } = await runOn(onnx, VOICE_MODEL, [
  voiceInput(syntheticVoice(Number(process.argv[2]))),
]);
console.log(createHash('sha256').update(output).digest('hex'), `${fuel}`);
await onnx.close();
