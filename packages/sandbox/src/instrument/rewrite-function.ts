import { ByteWriter } from '../binary/byte-writer.ts';
import { type F32, type FunctionBody, type FunctionType, I32, I64, isFloat } from '../module/types.ts';
import type { Edit, FunctionPlan } from '../scan/edit.ts';
import { AddedLocals } from './added-locals.ts';
import { EMPTY_BLOCK, emitCanonical, emitIndexed, emitSpend, emitTrapIf, OP } from './emit.ts';
import { type Layout, typeIndex, wrapperOf } from './layout.ts';

export type FunctionRewrite = {
  readonly layout: Layout;
  readonly body: FunctionBody;
  readonly type: FunctionType;
  readonly plan: FunctionPlan;
  /** Whether a float that it returns may be seen from outside. */
  readonly isExported: boolean;
};

/** The body of an instrumented function, its size in front. */
export function rewriteFunction(rewrite: FunctionRewrite): Uint8Array {
  const { layout, body, type, plan, isExported } = rewrite;
  const code = new ByteWriter((body.end - body.start) * 2 + 64);
  const locals = new AddedLocals(body, type.params.length);
  const fuel = locals.get('fuel', I64);
  const cleansResults = isExported && type.results.some(isFloat);
  const isWrapped = plan.isCaller || cleansResults;

  emitIndexed(code, OP.globalGet, layout.globals.fuel);
  code.byte(OP.i64Const).s32(plan.entry.cost);
  emitSpend(code, layout.globals.fuel, fuel);
  if (plan.isCaller) emitPush(code, layout, plan, locals);
  if (isWrapped) emitResultBlock(code, layout, type);

  const last = body.end - 1;
  let copied = body.start;
  for (const edit of plan.edits) {
    if (edit.at > last) break;
    code.copy(layout.module.bytes, copied, edit.at);
    copied = edit.end;
    emitEdit(code, rewrite, edit, locals, isWrapped);
  }
  code.copy(layout.module.bytes, copied, last);

  if (isWrapped) code.byte(OP.end);
  if (plan.isCaller) emitPop(code, layout, plan, locals);
  if (cleansResults) emitCleanResults(code, type, locals);
  code.byte(OP.end);

  const whole = new ByteWriter(code.length + 32);
  locals.write(whole);
  return new ByteWriter(code.length + 40).sized(whole.bytes(code.done()).done()).done();
}

function emitEdit(
  code: ByteWriter,
  { layout }: FunctionRewrite,
  edit: Edit,
  locals: AddedLocals,
  isWrapped: boolean,
): void {
  const { globals, functions, module } = layout;
  const fuel = locals.get('fuel', I64);
  switch (edit.kind) {
    case 'charge':
      emitIndexed(code, OP.localGet, fuel);
      code.byte(OP.i64Const).s32(edit.segment.cost);
      emitSpend(code, globals.fuel, fuel);
      return;
    case 'reload':
      emitIndexed(code, OP.globalGet, globals.fuel);
      emitIndexed(code, OP.localSet, fuel);
      return;
    case 'canonical':
      emitCanonical(code, edit.type, locals.get(`nan-${edit.type}`, edit.type));
      return;
    case 'callWrapper':
      emitIndexed(code, OP.call, wrapperOf(layout, edit.importIndex));
      return;
    case 'refWrapper':
      emitIndexed(code, OP.refFunc, wrapperOf(layout, edit.importIndex));
      return;
    case 'payLength':
      emitIndexed(code, OP.call, edit.unit === 'bytes' ? functions.payBytes : functions.payElements);
      return;
    case 'growMemory':
      emitIndexed(code, OP.call, functions.growMemory);
      return;
    case 'return':
      if (isWrapped) emitIndexed(code, OP.br, edit.label);
      else code.copy(module.bytes, edit.at, edit.end);
  }
}

/** Counts this frame before anything below it runs. */
function emitPush(code: ByteWriter, layout: Layout, plan: FunctionPlan, locals: AddedLocals): void {
  const stack = locals.get('stack', I32);
  emitIndexed(code, OP.globalGet, layout.globals.stack);
  code.byte(OP.i32Const).s32(plan.frameWords);
  code.byte(OP.i32Add);
  emitIndexed(code, OP.localTee, stack);
  emitIndexed(code, OP.globalSet, layout.globals.stack);
  emitIndexed(code, OP.localGet, stack);
  code.byte(OP.i32Const).s32(layout.stackWords);
  code.byte(OP.i32GtU);
  emitTrapIf(code);
}

function emitPop(code: ByteWriter, layout: Layout, plan: FunctionPlan, locals: AddedLocals): void {
  emitIndexed(code, OP.localGet, locals.get('stack', I32));
  code.byte(OP.i32Const).s32(plan.frameWords);
  code.byte(OP.i32Sub);
  emitIndexed(code, OP.globalSet, layout.globals.stack);
}

/** A block that every way out of the function leads to. */
function emitResultBlock(code: ByteWriter, layout: Layout, { results }: FunctionType): void {
  code.byte(OP.block);
  if (results.length === 0) code.byte(EMPTY_BLOCK);
  else if (results.length === 1) code.byte(results[0] as number);
  else code.s32(typeIndex(layout, { params: [], results }));
}

/** Makes every returned float canonical. */
function emitCleanResults(code: ByteWriter, { results }: FunctionType, locals: AddedLocals): void {
  const slots = results.map((type, at) => locals.get(`result-${at}`, type));
  for (const slot of slots.toReversed()) emitIndexed(code, OP.localSet, slot);
  for (const [at, type] of results.entries()) {
    emitIndexed(code, OP.localGet, slots[at] as number);
    if (isFloat(type)) emitCanonical(code, type as typeof F32, slots[at] as number);
  }
}
