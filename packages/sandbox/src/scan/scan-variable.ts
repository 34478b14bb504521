import { refuseInvalid } from '../gate/refuse.ts';
import { type F32, isFloat, type ValueType } from '../module/types.ts';
import type { FunctionScan } from './function-scan.ts';
import { ANY_NAN, UNKNOWN } from './operands.ts';

/** Locals and globals. @returns whether the instruction is one of them */
export function scanVariable(scan: FunctionScan, opcode: number): boolean {
  if (opcode < 0x20 || opcode > 0x24) return false;
  const index = scan.reader.u32();
  scan.meter.pay(1);
  if (opcode >= 0x23) scanGlobal(scan, opcode, index);
  else scanLocal(scan, opcode, index);
  return true;
}

function scanLocal(scan: FunctionScan, opcode: number, index: number): void {
  const { operands, anyNan } = scan;
  const type = scan.locals[index];
  if (type === undefined) throw refuseInvalid('there is no such local', { local: index });
  if (opcode === 0x20) {
    operands.push(anyNan.has(index) ? type | ANY_NAN : type);
    return;
  }
  const value = operands.take(type);
  if (value & ANY_NAN) anyNan.add(index);
  if (opcode === 0x22) operands.push(value === UNKNOWN ? type : value);
}

/** Only the one NaN is ever stored in a global: it may be exported, and is part of a state that is hashed. */
function scanGlobal(scan: FunctionScan, opcode: number, index: number): void {
  const global = scan.context.module.globals[index];
  if (!global) throw refuseInvalid('there is no such global', { global: index });
  if (opcode === 0x23) {
    scan.operands.push(global.type);
    return;
  }
  if (!global.isMutable) throw refuseInvalid('an immutable global is set', { global: index });
  takeCanonical(scan, global.type);
}

/** Takes an operand whose bits are about to be seen. */
export function takeCanonical(scan: FunctionScan, type: ValueType): void {
  const value = scan.operands.take(type);
  if (isFloat(type) && value & ANY_NAN) scan.insertBefore({ kind: 'canonical', type: type as typeof F32 });
}
