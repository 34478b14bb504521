/** A module that the engine has compiled. Can be handed to another thread. */
export type CompiledModule = { readonly compiled: unique symbol };

export type Memory = { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
/** A global as its owner sees it. */
export type GlobalCell = { value: bigint | number };
export type Exports = Readonly<Record<string, unknown>>;

/** The part of the engine's interface that is used here: `lib.dom` alone declares it, and this is no browser. */
type Engine = {
  readonly Module: {
    new (bytes: Uint8Array): CompiledModule;
    readonly exports: (module: CompiledModule) => readonly { readonly name: string }[];
  };
  readonly Instance: new (module: CompiledModule, imports: object) => { readonly exports: Exports };
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly CompileError: new () => Error;
  readonly RuntimeError: new () => Error;
  readonly LinkError: new () => Error;
};

export const engine = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly;
