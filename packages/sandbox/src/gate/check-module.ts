import { type FunctionType, isFloat, type ValueType, type WasmModule } from '../module/types.ts';
import { SandboxError } from '../sandbox-error.ts';
import { functionType, typeAt } from '../scan/scan-context.ts';
import { checkJobShape, checkName } from './job-shape.ts';
import { checkSize } from './module-limits.ts';
import type { Policy } from './policy.ts';
import { refuseFeature, refuseInvalid } from './refuse.ts';

const PAGES_OF_4_GIB = 65_536;

/**
 * Checks all of a module but its code: what it imports, exports, declares, and whether its indices exist.
 *
 * @throws SandboxError `MODULE_*`
 */
export function checkModule(module: WasmModule, policy: Policy): void {
  checkTypes(module, policy);
  checkImports(module, policy);
  for (const index of module.functions) typeAt(module, index);
  checkMemory(module, policy);
  checkTables(module, policy);
  checkSegments(module);
  checkExports(module);
  checkStart(module);
  if (policy.shape === 'job') checkJobShape(module);
}

function checkTypes(module: WasmModule, { profile, limits }: Policy): void {
  for (const { params, results } of module.types) {
    checkSize(limits, 'parameters of a function', params.length);
    checkSize(limits, 'results of a function', results.length);
  }
  for (const { name } of [...module.exports, ...module.imports])
    checkSize(limits, 'bytes in a name', name.length);
  if (profile === 'float') return;
  const isFloatType = ({ params, results }: FunctionType) => params.some(isFloat) || results.some(isFloat);
  const usesFloats = module.types.some(isFloatType) || module.globals.some(({ type }) => isFloat(type));
  if (usesFloats) throw refuseFeature('floats', 0);
}

function checkImports(module: WasmModule, { imports }: Policy): void {
  for (const { module: from, name, typeIndex } of module.imports) {
    const key = `${from}.${name}`;
    const host = Object.hasOwn(imports, key) ? imports[key] : undefined;
    const type = typeAt(module, typeIndex);
    if (host && isSame(type.params, host.type.params) && isSame(type.results, host.type.results)) continue;
    const message = host
      ? `The module imports \`${key}\` with another type.`
      : `The module imports \`${key}\`.`;
    throw new SandboxError('MODULE_IMPORT_REFUSED', message, { module: from, name });
  }
}

function checkMemory({ memory }: WasmModule, { limits, shape }: Policy): void {
  if (!memory) return;
  const { minimum, maximum = shape === 'any' ? PAGES_OF_4_GIB : undefined } = memory;
  if (maximum === undefined) {
    throw new SandboxError('MODULE_MEMORY_UNBOUNDED', 'The module declares no maximum for its memory.');
  }
  if (maximum > PAGES_OF_4_GIB || minimum > maximum)
    throw refuseInvalid('the size of its memory', { minimum, maximum });
  checkSize(limits, 'memory pages', shape === 'any' ? minimum : maximum);
}

function checkTables({ tables }: WasmModule, { limits }: Policy): void {
  for (const { minimum, maximum = minimum } of tables.map((table) => table.limits)) {
    if (minimum > maximum) throw refuseInvalid('the size of a table', { minimum, maximum });
    checkSize(limits, 'table elements', minimum);
  }
}

function checkSegments({ elements, data, tables, memory }: WasmModule): void {
  for (const { mode, table, element } of elements) {
    if (mode !== 'active') continue;
    if (tables[table]?.element !== element) throw refuseInvalid('elements do not fit their table', { table });
  }
  if (!memory && data.some(({ offset }) => offset)) throw refuseInvalid('it has data but no memory', {});
}

function checkExports(module: WasmModule): void {
  const seen = new Set<string>();
  const counts = [
    module.imports.length + module.functions.length,
    module.tables.length,
    module.memory ? 1 : 0,
    module.globals.length,
  ];
  for (const { name, kind, index } of module.exports) {
    checkName(name);
    if (seen.has(name)) throw refuseInvalid('two exports have one name', { name });
    if (index >= (counts[kind] as number)) throw refuseInvalid('an export does not exist', { name });
    seen.add(name);
  }
}

function checkStart(module: WasmModule): void {
  if (module.start === undefined) return;
  const { params, results } = functionType(module, module.start);
  if (params.length + results.length > 0)
    throw refuseInvalid('its start function takes or yields values', {});
}

function isSame(left: readonly ValueType[], right: readonly ValueType[]): boolean {
  return left.length === right.length && left.every((type, at) => type === right[at]);
}
