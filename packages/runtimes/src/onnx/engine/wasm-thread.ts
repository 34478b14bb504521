// The program of a worker thread: one model, run by the WebAssembly build of ONNX Runtime, on this thread alone.
import { parentPort, workerData } from 'node:worker_threads';
import * as ort from 'onnxruntime-web/wasm';
import { boundMemory } from './bound-memory.ts';
import type { Answer, Failure, Request } from './messages.ts';
import { serveEngine } from './serve-engine.ts';

const say = (answer: Answer) => {
  const transfer = answer.kind === 'ran' ? answer.outputs.map(({ bytes }) => bytes.buffer) : [];
  parentPort?.postMessage(answer, transfer);
};

ort.env.wasm.numThreads = 1;
// Nothing is read or fetched: the compiled module comes with the thread.
ort.env.wasm.wasmBinary = new ArrayBuffer(8);

let explain: () => Failure = () => 'refused';
const answer = serveEngine(
  {
    ort,
    provider: 'wasm',
    prepare: (pages) => {
      explain = boundMemory(workerData as object, pages);
    },
    explain: () => explain(),
  },
  say,
);

parentPort?.on('message', (request: Request) => answer(request));
say({ kind: 'ready', version: ort.env.versions.web ?? '' });
