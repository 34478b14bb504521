import { ByteWriter } from '../binary/byte-writer.ts';
import { MEMORY_FAILURE } from '../gate/reserved-names.ts';
import type { HostFunction } from '../job/job-imports.ts';
import { type FunctionType, type I32, I64 } from '../module/types.ts';
import { EMPTY_BLOCK, emitIndexed, emitSpend, OP } from './emit.ts';
import type { Layout } from './layout.ts';

/** Bytes that one unit of fuel moves, as an exponent of two. */
const BYTES_PER_FUEL = 3n;
/** Fuel for a page of fresh memory, as an exponent of two. */
const FUEL_PER_PAGE = 10n;
/** A call that leaves the module, or that the host makes between two steps. */
export const HOST_CALL_FUEL = 50n;

/** `(length) → length`: pays for that many bytes. */
export function payBytes(layout: Layout): Uint8Array {
  return payLength(layout, (code) => code.byte(OP.i64Const).s64(BYTES_PER_FUEL).byte(OP.i64ShrU));
}

/** `(length) → length`: pays for that many elements of a table. */
export function payElements(layout: Layout): Uint8Array {
  return payLength(layout, () => {});
}

function payLength({ globals }: Layout, scale: (code: ByteWriter) => void): Uint8Array {
  const code = new ByteWriter();
  emitIndexed(code, OP.globalGet, globals.fuel);
  emitIndexed(code, OP.localGet, 0).byte(OP.i64ExtendI32U);
  scale(code);
  emitSpend(code, globals.fuel, 1);
  emitIndexed(code, OP.localGet, 0);
  return body([I64], code);
}

/**
 * `(pages) → pages before, or -1`: as `memory.grow`, but the same everywhere. Beyond the declared maximum it yields -1;
 * beyond what was ordered, or when the host has no more, the job ends.
 */
export function growMemory({ globals, maximumPages }: Layout): Uint8Array {
  const code = new ByteWriter();
  const [pages, wanted] = [0, 1];
  code.byte(OP.memorySize, 0, OP.i64ExtendI32U);
  emitIndexed(code, OP.localGet, pages).byte(OP.i64ExtendI32U, OP.i64Add);
  emitIndexed(code, OP.localTee, wanted);
  code.byte(OP.i64Const).s64(BigInt(maximumPages)).byte(OP.i64GtU);
  code.byte(OP.if, EMPTY_BLOCK, OP.i32Const).s32(-1).byte(OP.return, OP.end);
  emitIndexed(code, OP.localGet, wanted);
  emitIndexed(code, OP.globalGet, globals.memoryLimit).byte(OP.i64GtU);
  emitFailure(code, globals.memoryFailure, MEMORY_FAILURE.limit);
  emitIndexed(code, OP.globalGet, globals.fuel);
  emitIndexed(code, OP.localGet, pages).byte(OP.i64ExtendI32U);
  code.byte(OP.i64Const).s64(FUEL_PER_PAGE).byte(OP.i64Shl);
  emitSpend(code, globals.fuel, wanted);
  emitIndexed(code, OP.localGet, pages).byte(OP.memoryGrow, 0);
  emitIndexed(code, OP.localTee, pages).byte(OP.i32Const).s32(-1).byte(OP.i32Eq);
  emitFailure(code, globals.memoryFailure, MEMORY_FAILURE.host);
  emitIndexed(code, OP.localGet, pages);
  return body([I64], code);
}

/** A module without memory has nothing to grow: no code can call this. */
export function growNothing(): Uint8Array {
  return body([], new ByteWriter().byte(OP.unreachable));
}

/** Pays, then calls the import. */
export function wrapImport(
  layout: Layout,
  index: number,
  { params }: FunctionType,
  host: HostFunction,
): Uint8Array {
  const code = new ByteWriter();
  const fuel = params.length;
  emitIndexed(code, OP.globalGet, layout.globals.fuel);
  code.byte(OP.i64Const).s64(HOST_CALL_FUEL);
  emitSpend(code, layout.globals.fuel, fuel);
  for (const at of params.keys()) emitIndexed(code, OP.localGet, at);
  if (host.paysLength) emitIndexed(code, OP.call, layout.functions.payBytes);
  emitIndexed(code, OP.call, index);
  return body([I64], code);
}

function emitFailure(code: ByteWriter, global: number, reason: number): void {
  code.byte(OP.if, EMPTY_BLOCK, OP.i32Const).s32(reason);
  emitIndexed(code, OP.globalSet, global);
  code.byte(OP.unreachable, OP.end);
}

function body(locals: (typeof I32 | typeof I64)[], code: ByteWriter): Uint8Array {
  const whole = new ByteWriter().u32(locals.length);
  for (const type of locals) whole.u32(1).byte(type);
  return new ByteWriter().sized(whole.bytes(code.done()).byte(OP.end).done()).done();
}
