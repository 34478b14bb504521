import { ByteWriter } from '../binary/byte-writer.ts';
import { RESERVED } from '../gate/reserved-names.ts';
import {
  F32,
  F64,
  type FunctionType,
  type Global,
  I32,
  I64,
  V128,
  type WasmModule,
} from '../module/types.ts';
import { emitIndexed, OP } from './emit.ts';

/** A function that the host calls to see, or to set, bits of a global that a cell of the engine would change or not show. */
export type Accessor = { readonly name: string; readonly type: FunctionType; readonly body: Uint8Array };

const GET: FunctionType = { params: [], results: [I64] };
const SET: FunctionType = { params: [I64], results: [] };
const LANE = { extract: 0x1d, replace: 0x1e } as const;

/** Integers have cells: what JavaScript reads and writes there is exact. Floats do not, since a NaN changes on the way. */
export function hasCell({ type, isMutable }: Global): boolean {
  return isMutable && (type === I32 || type === I64);
}

/** For each mutable float, and both halves of each mutable vector: one that reads, one that writes. */
export function globalAccessors({ globals }: WasmModule): Accessor[] {
  return globals.flatMap(({ type, isMutable }, index) => {
    if (!isMutable) return [];
    if (type === V128) return [0, 1].flatMap((lane) => accessors(index, lane, type));
    return type === F32 || type === F64 ? accessors(index, 0, type) : [];
  });
}

function accessors(index: number, lane: number, type: typeof F32 | typeof F64 | typeof V128): Accessor[] {
  return [
    { name: `${RESERVED.read}${index}.${lane}`, type: GET, body: reader(index, lane, type) },
    { name: `${RESERVED.write}${index}.${lane}`, type: SET, body: writer(index, lane, type) },
  ];
}

function reader(index: number, lane: number, type: number): Uint8Array {
  const code = emitIndexed(new ByteWriter(), OP.globalGet, index);
  if (type === F32) code.byte(OP.i32ReinterpretF32, OP.i64ExtendI32U);
  if (type === F64) code.byte(OP.i64ReinterpretF64);
  if (type === V128) code.byte(OP.vector, LANE.extract, lane);
  return wrap(code);
}

function writer(index: number, lane: number, type: number): Uint8Array {
  const code = new ByteWriter();
  if (type === V128) emitIndexed(code, OP.globalGet, index);
  emitIndexed(code, OP.localGet, 0);
  if (type === F32) code.byte(OP.i32WrapI64, OP.f32ReinterpretI32);
  if (type === F64) code.byte(OP.f64ReinterpretI64);
  if (type === V128) code.byte(OP.vector, LANE.replace, lane);
  return wrap(emitIndexed(code, OP.globalSet, index));
}

/** Without locals. */
function wrap(code: ByteWriter): Uint8Array {
  return new ByteWriter().sized(new ByteWriter().u32(0).bytes(code.done()).byte(OP.end).done()).done();
}
