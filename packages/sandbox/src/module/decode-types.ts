import type { ByteReader } from '../binary/byte-reader.ts';
import { refuseFeature } from '../gate/refuse.ts';
import {
  EXTERNREF,
  FUNCREF,
  type FunctionType,
  I32,
  type Limits,
  type Table,
  V128,
  type ValueType,
} from './types.ts';

const FUNCTION = 0x60;

export function decodeValueType(reader: ByteReader): ValueType {
  const byte = reader.byte();
  const isNumber = byte >= V128 && byte <= I32;
  if (isNumber || byte === FUNCREF || byte === EXTERNREF) return byte as ValueType;
  // 0x40…0x6e: heap types and references of later proposals.
  if (byte >= 0x40 && byte <= 0x78) throw refuseFeature('typed references', reader.offset);
  throw reader.malformed('a type is unknown');
}

export function decodeReferenceType(reader: ByteReader): ValueType {
  const type = decodeValueType(reader);
  if (type >= V128 && type <= I32) throw reader.malformed('a table holds numbers');
  return type;
}

export function decodeFunctionType(reader: ByteReader): FunctionType {
  const form = reader.byte();
  if (form !== FUNCTION) {
    if (form >= 0x4d && form <= 0x5f) throw refuseFeature('garbage-collected types', reader.offset);
    throw reader.malformed('a type is not that of a function');
  }
  return { params: decodeVector(reader, decodeValueType), results: decodeVector(reader, decodeValueType) };
}

export function decodeTable(reader: ByteReader): Table {
  const element = decodeReferenceType(reader);
  const flags = reader.byte();
  if (flags > 1)
    throw refuseFeature(flags === 4 || flags === 5 ? 'memory64' : 'shared tables', reader.offset);
  return { element, limits: decodeRange(reader, flags) };
}

export function decodeMemory(reader: ByteReader): Limits {
  const flags = reader.byte();
  if (flags === 2 || flags === 3) throw refuseFeature('threads', reader.offset);
  if (flags >= 4 && flags <= 7) throw refuseFeature('memory64', reader.offset);
  if (flags > 1) throw refuseFeature('custom page sizes', reader.offset);
  return decodeRange(reader, flags);
}

export function decodeVector<T>(reader: ByteReader, decode: (reader: ByteReader) => T): T[] {
  const items: T[] = [];
  for (let left = reader.u32(); left > 0; left--) items.push(decode(reader));
  return items;
}

function decodeRange(reader: ByteReader, flags: number): Limits {
  const minimum = reader.u32();
  const maximum = flags & 1 ? reader.u32() : undefined;
  return { minimum, maximum };
}
