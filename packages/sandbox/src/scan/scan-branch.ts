import { checkSize } from '../gate/module-limits.ts';
import { refuseInvalid } from '../gate/refuse.ts';
import { I32 } from '../module/types.ts';
import type { FunctionScan } from './function-scan.ts';

/** Branches and `return`. @returns whether the instruction is one of them */
export function scanBranch(scan: FunctionScan, opcode: number): boolean {
  const { operands, reader, meter } = scan;
  switch (opcode) {
    case 0x0c:
      meter.pay(1);
      branch(scan, reader.u32(), false);
      scan.abandon();
      return true;
    case 0x0d: {
      const depth = reader.u32();
      meter.pay(1);
      operands.take(I32);
      branch(scan, depth, true);
      operands.pushAll(operands.label(depth));
      meter.split(reader.offset);
      return true;
    }
    case 0x0e:
      branchTable(scan);
      return true;
    case 0x0f:
      meter.pay(1);
      operands.takeAll(scan.type.results);
      meter.branch(operands.frames, 0, false);
      scan.replace({ kind: 'return', label: operands.frames.length - 1 });
      scan.abandon();
      return true;
    default:
      return false;
  }
}

function branch(scan: FunctionScan, depth: number, isConditional: boolean): void {
  const { operands, meter } = scan;
  operands.takeAll(operands.label(depth));
  meter.branch(operands.frames, operands.frames.length - 1 - depth, isConditional);
}

function branchTable(scan: FunctionScan): void {
  const { operands, reader, meter } = scan;
  meter.pay(2);
  operands.take(I32);
  const depths: number[] = [];
  const count = reader.u32();
  checkSize(scan.operands.limits, 'targets of a branch', count);
  for (let left = count; left > 0; left--) depths.push(reader.u32());
  const otherwise = reader.u32();
  const arity = operands.label(otherwise).length;
  for (const depth of new Set(depths)) {
    const label = operands.label(depth);
    if (label.length !== arity)
      throw refuseInvalid('targets of a branch carry different values', { offset: scan.at });
    operands.putBack(operands.takeAll(label));
    meter.branch(operands.frames, operands.frames.length - 1 - depth, true);
  }
  branch(scan, otherwise, true);
  scan.abandon();
}
