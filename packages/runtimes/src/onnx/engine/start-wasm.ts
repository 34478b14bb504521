import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { RuntimeError } from '../../runtime-error.ts';
import { EngineLink } from './engine-link.ts';
import type { Answer } from './messages.ts';

/** For the JavaScript around the engine; its own memory is bounded apart. */
const HEAP_MEGABYTES = 256;

type Compile = (bytes: Uint8Array) => Promise<object>;

/** Compiles the engine, once for all threads. */
export async function compileWasm(): Promise<object> {
  const bytes = await readFile(
    new URL('./ort-wasm-simd-threaded.wasm', import.meta.resolve('onnxruntime-web/wasm')),
  );
  const { compile } = (globalThis as unknown as { WebAssembly: { compile: Compile } }).WebAssembly;
  return compile(bytes);
}

/** A fresh thread with the compiled engine in it. @throws {@link RuntimeError} `HOST_*` */
export function startWasm(module: object): Promise<EngineLink> {
  return new EngineLink().open((link) => {
    const thread = startThread(module);
    // The engine writes its warnings there.
    thread.stdout.resume();
    thread.stderr.resume();
    thread.on('message', (answer: Answer) => link.hear(answer));
    thread.on('error', (cause: Error & { code?: string }) => void link.end(lost(cause)));
    thread.on('exit', () => void link.end(lost()));
    return { send: (request) => thread.postMessage(request), kill: () => thread.terminate() };
  });
}

function startThread(module: object): Worker {
  const options = {
    workerData: module,
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  };
  const isSource = import.meta.url.endsWith('.ts');
  if (!isSource) return new Worker(new URL('./wasm-thread.js', import.meta.url), options);
  // Sources run as they are written: no build stands between an edit and its test.
  const [tsx, program] = [
    import.meta.resolve('tsx/esm/api'),
    new URL('./wasm-thread.ts', import.meta.url).href,
  ];
  const code = `import('${tsx}').then(({ register }) => { register(); return import('${program}'); })`;
  return new Worker(code, { ...options, eval: true, execArgv: ['--conditions=@millrace/source'] });
}

function lost(cause?: Error & { code?: string }): RuntimeError {
  if (cause?.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new RuntimeError('HOST_MEMORY', 'The thread ran out of memory.', {}, cause);
  }
  return new RuntimeError('HOST_WORKER_LOST', 'The thread that ran the model has ended.', {}, cause);
}
