import { createHash } from 'node:crypto';
import { RESERVED } from '@millrace/sandbox/gate';

/** The part of the engine's interface that is used here; only `lib.dom` declares it. */
type Engine = {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
};

export type KernelRun = { readonly milliseconds: number; readonly result: string; readonly fuel: bigint };

const FUEL = 2n ** 60n;
const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly;

/** Compiles a kernel, instrumented or not; each call of the answer runs it in a new instance. */
export function startKernel(bytes: Uint8Array): () => KernelRun {
  const module = new Module(bytes);
  return () => {
    let result = '';
    const { exports } = new Instance(module, {
      millrace: {
        output_write: (from: number, length: number) => {
          const { buffer } = exports.memory as { buffer: ArrayBuffer };
          result = createHash('sha256')
            .update(new Uint8Array(buffer, from, length))
            .digest('hex');
        },
      },
    });
    const fuel = exports[RESERVED.fuel] as { value: bigint } | undefined;
    if (fuel) fuel.value = FUEL;
    const pages = exports[RESERVED.memoryLimit] as { value: bigint } | undefined;
    if (pages) pages.value = FUEL;
    (exports[RESERVED.start] as (() => void) | undefined)?.();
    const start = performance.now();
    (exports.run as () => void)();
    const milliseconds = performance.now() - start;
    return { milliseconds, result, fuel: fuel ? FUEL - fuel.value : 0n };
  };
}
