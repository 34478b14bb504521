import type { InferenceSession, OnnxValue, Tensor as OrtTensor } from 'onnxruntime-web/wasm';
import { RuntimeError } from '../../runtime-error.ts';
import { ARRAYS, type TensorType } from '../../tensors/tensor.ts';
import { inspectModel } from '../model/inspect-model.ts';
import type { Answer, Failure, RawTensor, Request } from './messages.ts';

/** What the two packages of ONNX Runtime have in common. */
export type Ort = Pick<typeof import('onnxruntime-web/wasm'), 'InferenceSession' | 'Tensor'>;

/** How one of them is set up. */
export type Engine = {
  readonly ort: Ort;
  readonly provider: 'wasm' | 'cpu';
  /** Before a session may be made. */
  prepare?(pages: number): void;
  /** What a failure was, beyond its words. */
  explain?(): Failure;
};

/** Answers requests one after another; the caller sends the next when it has the answer. */
export function serveEngine(engine: Engine, say: (answer: Answer) => void): (request: Request) => void {
  let session: InferenceSession | undefined;
  const perform = async (request: Request): Promise<Answer> => {
    if (request.kind === 'load') {
      // Here, since reading a model that was made to be slow takes its time.
      const { nodes, parameters } = inspectModel(request.model, request.tier);
      engine.prepare?.(request.pages);
      session = await engine.ort.InferenceSession.create(request.model, {
        executionProviders: [engine.provider],
        executionMode: 'sequential',
        intraOpNumThreads: request.threads,
        interOpNumThreads: 1,
        logSeverityLevel: 4,
      });
      return {
        kind: 'loaded',
        size: { nodes, parameters },
        inputs: inputsOf(session),
        outputs: session.outputNames,
      };
    }
    if (!session) throw new TypeError('no model is loaded');
    const feeds = Object.fromEntries(request.feeds.map((raw) => [raw.name, toOrt(engine.ort, raw)]));
    const results = await session.run(feeds);
    return { kind: 'ran', outputs: Object.entries(results).map(([name, value]) => fromOrt(name, value)) };
  };
  return (request) => {
    perform(request).then(say, (error: unknown) => {
      if (error instanceof RuntimeError) return say({ kind: 'error', error: error.toJSON() });
      say({ kind: 'failed', failure: engine.explain?.() ?? 'refused', reason: wordsOf(error) });
    });
  };
}

/** Exceptions of C++ come as an address, and say nothing; an unknown operator is one. */
function wordsOf(error: unknown): string {
  if (typeof error === 'number') return 'an operator is unknown, or its inputs are none that it takes';
  return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}

function inputsOf(session: InferenceSession) {
  return session.inputNames.map((name, at) => {
    const meta = session.inputMetadata[at];
    return { name, type: meta?.isTensor ? meta.type : 'no tensor' };
  });
}

function toOrt(ort: Ort, { type, dims, bytes }: RawTensor): OrtTensor {
  // Between processes, bytes arrive somewhere inside a larger buffer.
  const { buffer } = bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
  return new ort.Tensor(type as 'float32', new (arrayOf(type))(buffer) as Float32Array, dims);
}

function fromOrt(name: string, value: OnnxValue): RawTensor {
  const { type, dims, data } = value as OrtTensor;
  if (!Object.hasOwn(ARRAYS, type))
    throw new TypeError(`the output ${name} is ${type}, which is not carried`);
  const { buffer, byteOffset, byteLength } = data as Float32Array;
  // Also out of memory that the engine shares with nobody, but will use again.
  const bytes = new Uint8Array(byteLength);
  bytes.set(new Uint8Array(buffer, byteOffset, byteLength));
  return { name, type: type as TensorType, dims: [...dims], bytes };
}

/** Newer platforms have an array for half floats, and then ONNX Runtime wants it. */
function arrayOf(type: TensorType): new (buffer: ArrayBuffer) => unknown {
  const { Float16Array } = globalThis as { Float16Array?: new (buffer: ArrayBuffer) => unknown };
  return type === 'float16' && Float16Array ? Float16Array : ARRAYS[type];
}
