import { refuseHidden } from '../gate/job-shape.ts';
import { refuseInvalid } from '../gate/refuse.ts';
import { decodeReferenceType } from '../module/decode-types.ts';
import { FUNCREF, I32, isReference, type Table, type ValueType } from '../module/types.ts';
import { BULK } from '../opcode/prefix.ts';
import type { FunctionScan } from './function-scan.ts';
import { UNKNOWN } from './operands.ts';
import { functionType } from './scan-context.ts';

const INIT = BULK + 12;
const DROP = BULK + 13;
const GROW = BULK + 15;
const SIZE = BULK + 16;
const FILL = BULK + 17;
const BULK_WEIGHT = 10;

/** Tables and references. @returns whether the instruction is one of them */
export function scanTable(scan: FunctionScan, opcode: number): boolean {
  if (opcode >= 0xd0 && opcode <= 0xd2) return scanReference(scan, opcode);
  if (opcode === 0x25 || opcode === 0x26 || opcode === SIZE) return scanEntry(scan, opcode);
  if (opcode < INIT || opcode > FILL) return false;
  refuseChange(scan);
  if (opcode === DROP) {
    elementsAt(scan, scan.reader.u32());
    scan.meter.pay(1);
    return true;
  }
  scan.meter.pay(BULK_WEIGHT);
  // The length is the last operand of each.
  scan.insertBefore({ kind: 'payLength', unit: 'elements' });
  takeOperands(scan, opcode);
  scan.insertAfter({ kind: 'reload' });
  return true;
}

function takeOperands(scan: FunctionScan, opcode: number): void {
  const { operands, reader } = scan;
  operands.take(I32);
  if (opcode === GROW || opcode === FILL) {
    operands.take(tableAt(scan, reader.u32()).element);
    if (opcode === GROW) operands.push(I32);
    else operands.take(I32);
    return;
  }
  const source = opcode === INIT ? elementsAt(scan, reader.u32()) : undefined;
  const target = tableAt(scan, reader.u32()).element;
  const copied = source ?? tableAt(scan, reader.u32()).element;
  if (copied !== target) throw refuseInvalid('a table holds other references', { offset: scan.at });
  operands.take(I32);
  operands.take(I32);
}

function scanEntry(scan: FunctionScan, opcode: number): boolean {
  const { operands } = scan;
  const { element } = tableAt(scan, scan.reader.u32());
  scan.meter.pay(1);
  if (opcode === 0x26) {
    refuseChange(scan);
    operands.take(element);
  }
  if (opcode !== SIZE) operands.take(I32);
  if (opcode === SIZE) operands.push(I32);
  if (opcode === 0x25) operands.push(element);
  return true;
}

/** References mean nothing outside of their instance, so no snapshot could hold a table that has changed. */
function refuseChange({ context, at }: FunctionScan): void {
  if (context.isStepped) throw refuseHidden('changes a table', { offset: at });
}

function scanReference(scan: FunctionScan, opcode: number): boolean {
  const { operands, reader, context } = scan;
  scan.meter.pay(1);
  if (opcode === 0xd0) {
    operands.push(decodeReferenceType(reader));
  } else if (opcode === 0xd1) {
    const value = operands.pop();
    if (value !== UNKNOWN && !isReference(value as ValueType)) {
      throw refuseInvalid('a number is no reference', { offset: scan.at });
    }
    operands.push(I32);
  } else {
    const index = reader.u32();
    functionType(context.module, index);
    if (!context.referred.has(index))
      throw refuseInvalid('a function is referred to without being declared', { index });
    if (index < context.module.imports.length) scan.replace({ kind: 'refWrapper', importIndex: index });
    operands.push(FUNCREF);
  }
  return true;
}

export function tableAt(scan: FunctionScan, index: number): Table {
  const table = scan.context.module.tables[index];
  if (!table) throw refuseInvalid('there is no such table', { index });
  return table;
}

function elementsAt(scan: FunctionScan, index: number): ValueType {
  const segment = scan.context.module.elements[index];
  if (!segment) throw refuseInvalid('there is no such element segment', { index });
  return segment.element;
}
