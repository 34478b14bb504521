import { ByteReader } from '../binary/byte-reader.ts';
import { checkSize, type ModuleLimits } from '../gate/module-limits.ts';
import { refuseFeature } from '../gate/refuse.ts';
import { SandboxError } from '../sandbox-error.ts';
import { decodeConstant } from './decode-constant.ts';
import { decodeDataSegment, decodeElementSegment } from './decode-segments.ts';
import {
  decodeFunctionType,
  decodeMemory,
  decodeTable,
  decodeValueType,
  decodeVector,
} from './decode-types.ts';
import type { Export, ExportKind, FunctionBody, Global, Import, Limits, WasmModule } from './types.ts';

/** In the order in which they have to come; 12 (how many data segments) stands before the code. */
const ORDER = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11];
const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Reads a WebAssembly 2.0 module: its sections, not yet its instructions. Custom sections are left out.
 *
 * @throws SandboxError `MODULE_MALFORMED`, `MODULE_TOO_LARGE`, or `MODULE_FEATURE_REFUSED` for sections and types of
 * later proposals.
 */
export function decodeModule(bytes: Uint8Array, limits: ModuleLimits): WasmModule {
  checkSize(limits, 'bytes', bytes.length);
  const reader = new ByteReader(bytes);
  if (HEADER.some((byte, at) => bytes[at] !== byte)) {
    throw new SandboxError('MODULE_MALFORMED', 'The bytes do not begin as a WebAssembly module does.');
  }
  reader.offset = HEADER.length;
  const module: Mutable<WasmModule> = {
    ...{ bytes, types: [], imports: [], functions: [], tables: [], memory: undefined, globals: [] },
    ...{ exports: [], start: undefined, elements: [], dataCount: undefined, bodies: [], data: [] },
  };
  for (let last = -1; !reader.isAtEnd; ) {
    const id = reader.byte();
    const section = reader.section(reader.u32());
    if (id === 0) {
      section.name();
      continue;
    }
    if (id === 13) throw refuseFeature('exceptions', section.offset);
    const place = ORDER.indexOf(id);
    if (place <= last)
      throw section.malformed(place < 0 ? 'a section is unknown' : 'sections are out of order');
    last = place;
    decodeSection(id, section, module, limits);
    if (!section.isAtEnd) throw section.malformed('a section is longer than what it holds');
  }
  checkCounts(reader, module);
  return module;
}

function decodeSection(
  id: number,
  reader: ByteReader,
  module: Mutable<WasmModule>,
  limits: ModuleLimits,
): void {
  const functionCount = module.imports.length + module.functions.length;
  const vector = <T>(what: keyof ModuleLimits, decode: (reader: ByteReader) => T): T[] => {
    checkSize(limits, what, new ByteReader(reader.bytes, reader.offset, reader.end).u32());
    return decodeVector(reader, decode);
  };
  if (id === 1) module.types = vector('types', decodeFunctionType);
  if (id === 2) module.imports = vector('functions', decodeImport);
  if (id === 3) module.functions = vector('functions', (each) => each.u32());
  if (id === 4) module.tables = vector('tables', decodeTable);
  if (id === 5) module.memory = decodeMemories(reader);
  if (id === 6) module.globals = vector('globals', (each) => decodeGlobal(each, functionCount));
  if (id === 7) module.exports = vector('exports', decodeExport);
  if (id === 8) module.start = reader.u32();
  if (id === 9)
    module.elements = vector('element segments', (each) => decodeElementSegment(each, functionCount));
  if (id === 10) module.bodies = vector('functions', (each) => decodeBody(each, limits));
  if (id === 11) module.data = vector('data segments', decodeDataSegment);
  if (id === 12) module.dataCount = reader.u32();
}

function decodeMemories(reader: ByteReader): Limits | undefined {
  const memories = decodeVector(reader, decodeMemory);
  if (memories.length > 1) throw refuseFeature('several memories', reader.offset);
  return memories[0];
}

function decodeImport(reader: ByteReader): Import {
  const module = reader.name();
  const name = reader.name();
  const kind = reader.byte();
  if (kind > 4) throw reader.malformed('an import is of no known kind');
  if (kind !== 0) {
    const kinds = ['function', 'table', 'memory', 'global', 'tag'];
    const message = `The module imports a ${kinds[kind]}, \`${module}.${name}\`.`;
    throw new SandboxError('MODULE_IMPORT_REFUSED', message, { module, name });
  }
  return { module, name, typeIndex: reader.u32() };
}

function decodeGlobal(reader: ByteReader, functionCount: number): Global {
  const type = decodeValueType(reader);
  const mutability = reader.byte();
  if (mutability > 1) throw reader.malformed('a global is neither mutable nor immutable');
  return { type, isMutable: mutability === 1, value: decodeConstant(reader, type, functionCount) };
}

function decodeExport(reader: ByteReader): Export {
  const name = reader.name();
  const kind = reader.byte();
  if (kind > 3) throw reader.malformed('an export is of no known kind');
  return { name, kind: kind as ExportKind, index: reader.u32() };
}

function decodeBody(reader: ByteReader, limits: ModuleLimits): FunctionBody {
  const size = reader.u32();
  checkSize(limits, 'bytes in a function', size);
  const body = reader.section(size);
  const locals = decodeVector(body, (group) => ({ count: group.u32(), type: decodeValueType(group) }));
  const count = locals.reduce((sum, group) => sum + group.count, 0);
  checkSize(limits, 'locals in a function', count);
  return { locals, start: body.offset, end: body.end };
}

function checkCounts(reader: ByteReader, module: WasmModule): void {
  if (module.functions.length !== module.bodies.length) throw reader.malformed('functions lack a body');
  const { dataCount = module.data.length } = module;
  if (dataCount !== module.data.length) throw reader.malformed('data segments are missing');
}
