import type { ByteWriter } from '../binary/byte-writer.ts';
import { F32, F64 } from '../module/types.ts';

export const EMPTY_BLOCK = 0x40;

/** Opcodes that instrumentation writes. */
export const OP = {
  ...{
    unreachable: 0x00,
    block: 0x02,
    if: 0x04,
    end: 0x0b,
    br: 0x0c,
    return: 0x0f,
    call: 0x10,
    drop: 0x1a,
    select: 0x1b,
  },
  ...{ localGet: 0x20, localSet: 0x21, localTee: 0x22, globalGet: 0x23, globalSet: 0x24 },
  ...{ memorySize: 0x3f, memoryGrow: 0x40, i32Const: 0x41, i64Const: 0x42, f32Const: 0x43, f64Const: 0x44 },
  ...{ i32Eq: 0x46, i32GtU: 0x4b, i64GtU: 0x56, i64GeS: 0x59, f32Eq: 0x5b, f64Eq: 0x61 },
  ...{
    i32Add: 0x6a,
    i32Sub: 0x6b,
    i32DivU: 0x6e,
    i64Add: 0x7c,
    i64Sub: 0x7d,
    i64Shl: 0x86,
    i64ShrU: 0x88,
    i64ExtendI32U: 0xad,
  },
  ...{ i32WrapI64: 0xa7, i32ReinterpretF32: 0xbc, i64ReinterpretF64: 0xbd },
  ...{ f32ReinterpretI32: 0xbe, f64ReinterpretI64: 0xbf },
  ...{ refFunc: 0xd2, vector: 0xfd },
} as const;

/** An instruction with one index. */
export function emitIndexed(writer: ByteWriter, opcode: number, index: number): ByteWriter {
  return writer.byte(opcode).u32(index);
}

/** Traps when the condition on the stack holds. */
export function emitTrapIf(writer: ByteWriter): void {
  writer.byte(OP.if, EMPTY_BLOCK, OP.unreachable, OP.end);
}

/**
 * Takes the cost, an `i64` on the stack behind what was left, and traps when too little was. The trap is a division by
 * whether enough is left: V8 makes of it a comparison and a jump that is never taken, where an `if` around `unreachable`
 * splits the block that it optimises (1 to 2 % of a tight loop). Nobody sees the division: what is left says why.
 */
export function emitSpend(writer: ByteWriter, fuelGlobal: number, fuelLocal: number): void {
  writer.byte(OP.i64Sub);
  emitIndexed(writer, OP.localTee, fuelLocal);
  emitIndexed(writer, OP.globalSet, fuelGlobal);
  writer.byte(OP.i32Const, 1);
  emitIndexed(writer, OP.localGet, fuelLocal);
  writer.byte(OP.i64Const, 0, OP.i64GeS, OP.i32DivU, OP.drop);
}

/** Replaces the float on the stack by the one NaN if it is any: sign clear, quiet, payload empty. */
export function emitCanonical(writer: ByteWriter, type: typeof F32 | typeof F64, scratch: number): void {
  emitIndexed(writer, OP.localTee, scratch);
  if (type === F32) writer.byte(OP.f32Const, 0, 0, 0xc0, 0x7f);
  if (type === F64) writer.byte(OP.f64Const, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f);
  emitIndexed(writer, OP.localGet, scratch);
  emitIndexed(writer, OP.localGet, scratch);
  writer.byte(type === F32 ? OP.f32Eq : OP.f64Eq, OP.select);
}
