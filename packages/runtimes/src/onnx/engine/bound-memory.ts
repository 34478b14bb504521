import type { Failure } from './messages.ts';

type Descriptor = { readonly initial: number; readonly maximum?: number; readonly shared?: boolean };
declare class Memory {
  readonly buffer: ArrayBufferLike;
  constructor(descriptor: Descriptor);
  grow(delta: number): number;
}
type Assembly = {
  Memory: typeof Memory;
  Instance: new (module: object, imports: object) => object;
  instantiate: (source: unknown, imports: object) => Promise<{ module: object; instance: object }>;
};

const PAGE = 65_536;

/**
 * Makes whatever is instantiated in this thread from now on use `module`, and no more memory than `pages`. The engine's
 * own code makes its memory as large as the format allows, and there is no option for it.
 *
 * @returns what made memory run out; `refused` when it did not
 */
export function boundMemory(module: object, pages: number): () => Failure {
  const assembly = (globalThis as unknown as { WebAssembly: Assembly }).WebAssembly;
  let failure: Failure = 'refused';
  assembly.Memory = class extends assembly.Memory {
    private readonly most: number;

    constructor(descriptor: Descriptor) {
      const maximum = Math.min(pages, descriptor.maximum ?? pages);
      if (descriptor.initial > maximum) failure = 'memory-limit';
      super({ ...descriptor, maximum });
      this.most = maximum;
    }

    override grow(delta: number): number {
      const wanted = this.buffer.byteLength / PAGE + delta;
      // The engine asks for more than it needs first, and then for less.
      failure = wanted > this.most ? 'memory-limit' : 'host-memory';
      const before = super.grow(delta);
      failure = 'refused';
      return before;
    }
  };
  assembly.instantiate = async (_source, imports) => ({
    module,
    instance: new assembly.Instance(module, imports),
  });
  return () => failure;
}
