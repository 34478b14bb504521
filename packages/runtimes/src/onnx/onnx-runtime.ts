import type { Tier } from '@millrace/protocol/compute';
import type { Availability, JobRuntime } from '../runtime.ts';
import { RuntimeError } from '../runtime-error.ts';
import type { RuntimeResult, RuntimeTask } from '../task.ts';
import type { EngineLink } from './engine/engine-link.ts';
import { findNative, startNative } from './engine/start-native.ts';
import { compileWasm, startWasm } from './engine/start-wasm.ts';
import { readInputs } from './job/read-inputs.ts';
import { type NamedEngine, runModel } from './run-model.ts';

/**
 * What runs the deterministic tier: package, version, build and threads. Results say it, and are bit-equal only where it is
 * the same; another version is another engine.
 */
export const DETERMINISTIC_ENGINE = 'onnxruntime-web@1.22.0/wasm/1';

export type OnnxOptions = {
  /** Where `onnxruntime-node` is. Default: that package, where it is installed; without it there is no fast tier. */
  readonly native?: string | undefined;
};

/**
 * Runs ONNX models on tensors: deterministic by the WebAssembly build of ONNX Runtime on one thread, fast by the native
 * build where it is installed.
 *
 * @example
 * ```ts
 * const onnx = createOnnxRuntime()
 * const { output } = await onnx.run({ spec, module, inputs: [packTensors({ x })], gate, signal, listener: {} })
 * unpackTensors(output).tensors.y
 * ```
 */
export function createOnnxRuntime(options: OnnxOptions = {}): JobRuntime {
  return new OnnxRuntime(findNative(options.native));
}

class OnnxRuntime implements JobRuntime {
  readonly runtime = 'onnx';
  readonly canResume = true;
  readonly tiers: readonly Tier[];
  private readonly native: string | undefined;
  private readonly links = new Set<EngineLink>();
  private compiled: Promise<object> | undefined;
  private isClosed = false;

  constructor(native: string | undefined) {
    this.native = native;
    this.tiers = native ? ['deterministic', 'fast'] : ['deterministic'];
  }

  async availability(): Promise<Availability> {
    try {
      await this.compile();
      return { available: true };
    } catch (error) {
      return { available: false, reason: `onnxruntime-web cannot be loaded: ${(error as Error).message}` };
    }
  }

  async run(task: RuntimeTask): Promise<RuntimeResult> {
    const bundle = readInputs(task.inputs);
    if (task.signal.aborted) throw new RuntimeError('JOB_STOPPED', 'The job was stopped.', { fuel: '0' });
    const engine = await this.start(task);
    try {
      if (bundle.engine && bundle.engine !== engine.name) throw unavailable(`it has ${engine.name}`);
      return await runModel(task, bundle, engine);
    } finally {
      this.links.delete(engine.link);
      await engine.link.end(new RuntimeError('HOST_CLOSED', 'The job has ended.'));
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.links].map((link) => link.end(closed())));
  }

  private async start({ spec }: RuntimeTask): Promise<NamedEngine> {
    if (this.isClosed) throw closed();
    const engine =
      spec.needs.tier === 'fast'
        ? await this.startFast(spec.memoryPages, Math.max(1, spec.needs.cores))
        : await this.startDeterministic();
    this.links.add(engine.link);
    // It may have been closed while the engine started.
    if (this.isClosed) await engine.link.end(closed());
    return engine;
  }

  private async startDeterministic(): Promise<NamedEngine> {
    const link = await startWasm(await this.compile());
    const name = `onnxruntime-web@${link.version}/wasm/1`;
    if (name === DETERMINISTIC_ENGINE) return { link, name, threads: 1 };
    await link.end(closed());
    throw new RuntimeError('HOST_ENGINE', `Another engine is installed here: ${name}.`, { name });
  }

  private async startFast(pages: number, threads: number): Promise<NamedEngine> {
    if (!this.native) throw unavailable('onnxruntime-node is not installed');
    const link = await startNative(this.native, pages);
    const name = `onnxruntime-node@${link.version}/cpu-${process.platform}-${process.arch}/${threads}`;
    return { link, name, threads };
  }

  private compile(): Promise<object> {
    this.compiled ??= compileWasm();
    this.compiled.catch(() => {
      this.compiled = undefined;
    });
    return this.compiled;
  }
}

function closed(): RuntimeError {
  return new RuntimeError('HOST_CLOSED', 'This runtime was closed.');
}

function unavailable(reason: string): RuntimeError {
  return new RuntimeError('HOST_UNAVAILABLE', `This machine cannot run the model: ${reason}.`, { reason });
}
