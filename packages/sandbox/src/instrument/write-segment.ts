import { ByteWriter } from '../binary/byte-writer.ts';
import type { Constant, ElementSegment } from '../module/types.ts';
import { OP } from './emit.ts';
import { type Layout, remapped } from './layout.ts';

/** Kinds of segments whose items are expressions: with a table and an offset, without, only declared. */
const KIND = { active: 6, passive: 5, declarative: 7 } as const;

export function writeElementSegment(writer: ByteWriter, layout: Layout, segment: ElementSegment): void {
  const { mode, table, offset, element, items } = segment;
  writer.byte(KIND[mode]);
  if (mode === 'active') writer.u32(table);
  if (offset) writer.bytes(constantBytes(layout, offset));
  writer.byte(element).u32(items.length);
  for (const item of items) writer.bytes(constantBytes(layout, item));
}

/** A constant expression, imported functions named by their wrappers. */
export function constantBytes(layout: Layout, constant: Constant): Uint8Array {
  if ('bytes' in constant) return constant.bytes;
  return new ByteWriter().byte(OP.refFunc).u32(remapped(layout, constant.functionIndex)).byte(OP.end).done();
}
