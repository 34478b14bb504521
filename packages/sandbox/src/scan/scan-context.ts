import { refuseInvalid } from '../gate/refuse.ts';
import type { FunctionType, WasmModule } from '../module/types.ts';

/** What the code of a module may refer to. */
export type ScanContext = {
  readonly module: WasmModule;
  readonly allowFloats: boolean;
  /** Its state has to be where a snapshot finds it. */
  readonly isStepped: boolean;
  /** Functions that `ref.func` may name in code. */
  readonly referred: ReadonlySet<number>;
};

export function typeAt(module: WasmModule, index: number): FunctionType {
  const type = module.types[index];
  if (!type) throw refuseInvalid('there is no such type', { index });
  return type;
}

/** The type of a function, imported or defined. */
export function functionType(module: WasmModule, index: number): FunctionType {
  const imported = module.imports[index];
  const typeIndex = imported?.typeIndex ?? module.functions[index - module.imports.length];
  if (typeIndex === undefined) throw refuseInvalid('there is no such function', { index });
  return typeAt(module, typeIndex);
}

/** Every function that the module names outside code: only these may be referred to in code. */
export function referredFunctions(module: WasmModule): Set<number> {
  const referred = new Set<number>();
  for (const { kind, index } of module.exports) if (kind === 0) referred.add(index);
  const constants = [
    ...module.globals.map(({ value }) => value),
    ...module.elements.flatMap(({ items }) => items),
  ];
  for (const each of constants) if ('functionIndex' in each) referred.add(each.functionIndex);
  return referred;
}
