import type { FunctionType, WasmModule } from '../module/types.ts';
import { I32 } from '../module/types.ts';
import { type Accessor, globalAccessors } from './global-accessors.ts';

/** Where in the instrumented module everything stands that is added. Nothing that was there moves. */
export type Layout = {
  readonly module: WasmModule;
  readonly stackWords: number;
  readonly maximumPages: number;
  readonly globals: {
    readonly fuel: number;
    readonly stack: number;
    readonly memoryLimit: number;
    readonly memoryFailure: number;
  };
  readonly functions: {
    readonly payBytes: number;
    readonly payElements: number;
    readonly growMemory: number;
    readonly firstAccessor: number;
  };
  readonly accessors: readonly Accessor[];
  /** Types, those of the module first. */
  readonly types: FunctionType[];
};

const ADDED_GLOBALS = 4;

export function layOut(module: WasmModule, stackWords: number, maximumPages: number): Layout {
  const global = module.globals.length;
  const firstHelper = module.imports.length * 2 + module.functions.length;
  return {
    ...{ module, stackWords, maximumPages, types: [...module.types] },
    globals: {
      fuel: global,
      stack: global + 1,
      memoryLimit: global + 2,
      memoryFailure: global + ADDED_GLOBALS - 1,
    },
    functions: {
      payBytes: firstHelper,
      payElements: firstHelper + 1,
      growMemory: firstHelper + 2,
      firstAccessor: firstHelper + 3,
    },
    accessors: globalAccessors(module),
  };
}

/** The function that stands in for an imported one. */
export function wrapperOf({ module }: Layout, importIndex: number): number {
  return module.imports.length + module.functions.length + importIndex;
}

/** A function as code, exports and tables of the instrumented module name it. */
export function remapped(layout: Layout, functionIndex: number): number {
  return functionIndex < layout.module.imports.length ? wrapperOf(layout, functionIndex) : functionIndex;
}

/** The index of a type, added if it is not there. */
export function typeIndex({ types }: Layout, type: FunctionType): number {
  const same = (left: readonly number[], right: readonly number[]) =>
    left.length === right.length && left.every((each, at) => each === right[at]);
  const found = types.findIndex(
    ({ params, results }) => same(params, type.params) && same(results, type.results),
  );
  return found >= 0 ? found : types.push(type) - 1;
}

/** From one number to one number: what the helpers are. */
export const NUMBER_TO_NUMBER: FunctionType = { params: [I32], results: [I32] };
