import type { ByteReader } from '../binary/byte-reader.ts';
import { decodeConstant } from './decode-constant.ts';
import { decodeReferenceType, decodeVector } from './decode-types.ts';
import { type Constant, type DataSegment, type ElementSegment, FUNCREF, I32 } from './types.ts';

/** Bits of a segment's first number. */
const NOT_ACTIVE = 1;
const EXPLICIT = 2;
const EXPRESSIONS = 4;

export function decodeElementSegment(reader: ByteReader, functionCount: number): ElementSegment {
  const flags = reader.u32();
  if (flags > 7) throw reader.malformed('an element segment is of no known kind');
  const isActive = (flags & NOT_ACTIVE) === 0;
  const isExplicit = (flags & EXPLICIT) !== 0;
  const table = isActive && isExplicit ? reader.u32() : 0;
  const offset = isActive ? decodeConstant(reader, I32, functionCount) : undefined;
  const hasExpressions = (flags & EXPRESSIONS) !== 0;
  const hasType = !isActive || isExplicit;
  const element = hasType ? decodeElementType(reader, hasExpressions) : FUNCREF;
  const items = decodeVector(reader, (item): Constant => {
    if (hasExpressions) return decodeConstant(item, element, functionCount);
    const functionIndex = item.u32();
    if (functionIndex >= functionCount) throw item.malformed('an element is no function');
    return { functionIndex };
  });
  const mode = isActive ? 'active' : isExplicit ? 'declarative' : 'passive';
  return { mode, table, offset, element, items };
}

function decodeElementType(reader: ByteReader, hasExpressions: boolean) {
  if (hasExpressions) return decodeReferenceType(reader);
  if (reader.byte() !== 0) throw reader.malformed('an element segment is of no known kind');
  return FUNCREF;
}

export function decodeDataSegment(reader: ByteReader): DataSegment {
  const flags = reader.u32();
  if (flags > 2) throw reader.malformed('a data segment is of no known kind');
  if (flags === 2 && reader.u32() !== 0) throw reader.malformed('a data segment is of another memory');
  const offset = flags === 1 ? undefined : decodeConstant(reader, I32, 0);
  return { offset, bytes: reader.take(reader.u32()) };
}
