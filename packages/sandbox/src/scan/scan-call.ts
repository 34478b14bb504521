import { refuseInvalid } from '../gate/refuse.ts';
import { FUNCREF, type FunctionType, I32 } from '../module/types.ts';
import type { FunctionScan } from './function-scan.ts';
import { functionType, typeAt } from './scan-context.ts';
import { tableAt } from './scan-table.ts';

const CALL_WEIGHT = 5;
const INDIRECT_WEIGHT = 10;

/** `call` and `call_indirect`. @returns whether the instruction is one of them */
export function scanCall(scan: FunctionScan, opcode: number): boolean {
  const { reader, operands, context, meter } = scan;
  if (opcode === 0x10) {
    const index = reader.u32();
    const type = functionType(context.module, index);
    meter.pay(CALL_WEIGHT);
    if (index < context.module.imports.length) scan.replace({ kind: 'callWrapper', importIndex: index });
    pass(scan, type);
    return true;
  }
  if (opcode !== 0x11) return false;
  const type = typeAt(context.module, reader.u32());
  if (tableAt(scan, reader.u32()).element !== FUNCREF) {
    throw refuseInvalid('a table does not hold functions', { offset: scan.at });
  }
  meter.pay(INDIRECT_WEIGHT);
  operands.take(I32);
  pass(scan, type);
  return true;
}

function pass(scan: FunctionScan, type: FunctionType): void {
  scan.isCaller = true;
  scan.operands.takeAll(type.params);
  scan.operands.pushAll(type.results);
  scan.insertAfter({ kind: 'reload' });
}
