import { refuseHidden } from '../gate/job-shape.ts';
import { refuseInvalid } from '../gate/refuse.ts';
import { I32, isFloat } from '../module/types.ts';
import { memoryAccess } from '../opcode/memory-access.ts';
import { BULK } from '../opcode/prefix.ts';
import type { FunctionScan } from './function-scan.ts';
import { takeCanonical } from './scan-variable.ts';

const SIZE = 0x3f;
const GROW = 0x40;
const INIT = BULK + 8;
const DROP = BULK + 9;
const COPY = BULK + 10;
const FILL = BULK + 11;
/** Of an instruction on many bytes, the bytes not counted. */
const BULK_WEIGHT = 10;

/** Loads, stores, growth, and instructions on many bytes. @returns whether the instruction is one of them */
export function scanMemory(scan: FunctionScan, opcode: number): boolean {
  const access = memoryAccess(opcode);
  if (access) {
    const { type, isStore, alignment } = access;
    if (isFloat(type) && !scan.context.allowFloats) throw scan.refuse('floats');
    scan.meter.pay(1);
    takeMemoryArgument(scan, alignment);
    if (isStore) takeCanonical(scan, type);
    scan.operands.take(I32);
    if (!isStore) scan.operands.push(type);
    return true;
  }
  if (opcode === SIZE || opcode === GROW) {
    takeZero(scan);
    scan.meter.pay(1);
    if (opcode === GROW) {
      scan.operands.take(I32);
      scan.replace({ kind: 'growMemory' });
      scan.insertAfter({ kind: 'reload' });
    }
    scan.operands.push(I32);
    return true;
  }
  return scanBulk(scan, opcode);
}

/** Alignment and offset. */
export function takeMemoryArgument(scan: FunctionScan, largestAlignment: number): void {
  requireMemory(scan);
  const alignment = scan.reader.u32();
  if (alignment >= 64) throw scan.refuse('several memories');
  if (alignment > largestAlignment)
    throw refuseInvalid('an alignment is larger than what is read', { alignment });
  scan.reader.u32();
}

function scanBulk(scan: FunctionScan, opcode: number): boolean {
  if (opcode === DROP) {
    // What is dropped once would be there again after a snapshot. Reading a segment leaves no trace.
    if (scan.context.isStepped) throw refuseHidden('drops a data segment', { offset: scan.at });
    takeDataIndex(scan);
    scan.meter.pay(1);
    return true;
  }
  if (opcode < INIT || opcode > FILL) return false;
  if (opcode === INIT) takeDataIndex(scan);
  takeZero(scan);
  if (opcode === COPY) takeZero(scan);
  scan.meter.pay(BULK_WEIGHT);
  for (let left = 3; left > 0; left--) scan.operands.take(I32);
  scan.insertBefore({ kind: 'payLength', unit: 'bytes' });
  scan.insertAfter({ kind: 'reload' });
  return true;
}

function takeDataIndex(scan: FunctionScan): void {
  const { dataCount } = scan.context.module;
  const index = scan.reader.u32();
  if (dataCount === undefined) throw scan.reader.malformed('it does not say how many data segments follow');
  if (index >= dataCount) throw refuseInvalid('there is no such data segment', { index });
}

/** The index of the only memory. */
function takeZero(scan: FunctionScan): void {
  requireMemory(scan);
  if (scan.reader.byte() !== 0) throw scan.refuse('several memories');
}

function requireMemory(scan: FunctionScan): void {
  if (!scan.context.module.memory) throw refuseInvalid('it has no memory', { offset: scan.at });
}
