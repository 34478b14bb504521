import { ByteWriter } from '../binary/byte-writer.ts';
import type { Policy } from '../gate/policy.ts';
import { RESERVED } from '../gate/reserved-names.ts';
import type { HostFunction } from '../job/job-imports.ts';
import { type FunctionType, I32, I64, type WasmModule } from '../module/types.ts';
import type { FunctionPlan } from '../scan/edit.ts';
import { functionType } from '../scan/scan-context.ts';
import { growMemory, growNothing, payBytes, payElements, wrapImport } from './added-functions.ts';
import { OP } from './emit.ts';
import { hasCell } from './global-accessors.ts';
import { type Layout, layOut, NUMBER_TO_NUMBER, remapped, typeIndex } from './layout.ts';
import { rewriteFunction } from './rewrite-function.ts';
import { constantBytes, writeElementSegment } from './write-segment.ts';

const HEADER = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
const PAGES_OF_4_GIB = 65_536;

/**
 * The module with everything counted.
 *
 * @param planOf the function with this index is to change so; asked once for each, in order, so that only one is in memory
 */
export function instrumentModule(
  module: WasmModule,
  planOf: (functionIndex: number) => FunctionPlan,
  policy: Policy,
): Uint8Array {
  const layout = layOut(module, policy.stackWords, module.memory?.maximum ?? PAGES_OF_4_GIB);
  const code = writeCode(layout, planOf, policy);
  const functions = functionTypes(layout);
  const out = new ByteWriter(module.bytes.length * 2).bytes(HEADER);
  const section = (id: number, count: number, write: (writer: ByteWriter) => void) => {
    if (count === 0) return;
    const content = new ByteWriter().u32(count);
    write(content);
    out.byte(id).sized(content.done());
  };
  section(1, layout.types.length, (writer) => writeTypes(writer, layout.types));
  section(2, module.imports.length, (writer) => {
    for (const each of module.imports) writer.name(each.module).name(each.name).byte(0).u32(each.typeIndex);
  });
  section(3, functions.length, (writer) => {
    for (const type of functions) writer.u32(type);
  });
  section(4, module.tables.length, (writer) => writeTables(writer, module, policy.limits['table elements']));
  section(5, module.memory ? 1 : 0, (writer) => writeMemory(writer, module));
  section(6, module.globals.length + 4, (writer) => writeGlobals(writer, layout));
  const exports = writeExports(layout);
  section(7, exports.length, (writer) => {
    for (const each of exports) writer.bytes(each);
  });
  section(9, module.elements.length, (writer) => {
    for (const each of module.elements) writeElementSegment(writer, layout, each);
  });
  if (module.dataCount !== undefined) out.byte(12).sized(new ByteWriter().u32(module.dataCount).done());
  section(10, code.length, (writer) => {
    for (const each of code) writer.bytes(each);
  });
  section(11, module.data.length, (writer) => {
    for (const { offset, bytes } of module.data) {
      writer.byte(offset ? 0 : 1);
      if (offset) writer.bytes(constantBytes(layout, offset));
      writer.sized(bytes);
    }
  });
  return out.done();
}

function writeCode(
  layout: Layout,
  planOf: (functionIndex: number) => FunctionPlan,
  policy: Policy,
): Uint8Array[] {
  const { module } = layout;
  const exported = new Set(module.exports.flatMap(({ kind, index }) => (kind === 0 ? [index] : [])));
  const code = module.bodies.map((body, at) => {
    const index = module.imports.length + at;
    const plan = planOf(index);
    const type = functionType(module, index);
    return rewriteFunction({
      ...{ layout, plan, type, body, isExported: exported.has(index) },
    });
  });
  for (const [index, each] of module.imports.entries()) {
    const host = policy.imports[`${each.module}.${each.name}`] as HostFunction;
    code.push(wrapImport(layout, index, functionType(module, index), host));
  }
  code.push(payBytes(layout), payElements(layout), module.memory ? growMemory(layout) : growNothing());
  for (const { body } of layout.accessors) code.push(body);
  return code;
}

function functionTypes(layout: Layout): number[] {
  const { module } = layout;
  const helper = typeIndex(layout, NUMBER_TO_NUMBER);
  const wrappers = module.imports.map((each) => each.typeIndex);
  const accessors = layout.accessors.map(({ type }) => typeIndex(layout, type));
  return [...module.functions, ...wrappers, helper, helper, helper, ...accessors];
}

function writeTypes(writer: ByteWriter, types: readonly FunctionType[]): void {
  for (const { params, results } of types) {
    writer.byte(0x60);
    for (const list of [params, results]) writer.sized(Uint8Array.from(list));
  }
}

/** Every table gets a maximum: to grow beyond it yields -1 everywhere. */
function writeTables(writer: ByteWriter, { tables }: WasmModule, largest: number): void {
  for (const { element, limits } of tables) {
    const maximum = Math.min(limits.maximum ?? largest, largest);
    writer.byte(element, 1).u32(limits.minimum).u32(Math.max(maximum, limits.minimum));
  }
}

function writeMemory(writer: ByteWriter, { memory }: WasmModule): void {
  if (!memory) return;
  writer.byte(memory.maximum === undefined ? 0 : 1).u32(memory.minimum);
  if (memory.maximum !== undefined) writer.u32(memory.maximum);
}

function writeGlobals(writer: ByteWriter, layout: Layout): void {
  for (const { type, isMutable, value } of layout.module.globals) {
    writer.byte(type, isMutable ? 1 : 0).bytes(constantBytes(layout, value));
  }
  // In the order of the layout: fuel, stack, memory limit, memory failure.
  for (const type of [I64, I32, I64, I32]) {
    writer.byte(type, 1, type === I64 ? OP.i64Const : OP.i32Const, 0, OP.end);
  }
}

function writeExports(layout: Layout): Uint8Array[] {
  const { module, globals } = layout;
  const entry = (name: string, kind: number, index: number) =>
    new ByteWriter()
      .name(name)
      .byte(kind)
      .u32(kind === 0 ? remapped(layout, index) : index)
      .done();
  const entries = module.exports.map(({ name, kind, index }) => entry(name, kind, index));
  entries.push(entry(RESERVED.fuel, 3, globals.fuel), entry(RESERVED.stack, 3, globals.stack));
  entries.push(entry(RESERVED.memoryLimit, 3, globals.memoryLimit));
  entries.push(entry(RESERVED.memoryFailure, 3, globals.memoryFailure));
  if (module.start !== undefined) entries.push(entry(RESERVED.start, 0, module.start));
  for (const [index, global] of module.globals.entries()) {
    if (hasCell(global)) entries.push(entry(`${RESERVED.global}${index}`, 3, index));
  }
  for (const [at, { name }] of layout.accessors.entries()) {
    entries.push(entry(name, 0, layout.functions.firstAccessor + at));
  }
  return entries;
}
