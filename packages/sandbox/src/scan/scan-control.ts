import { refuseInvalid } from '../gate/refuse.ts';
import { decodeValueType } from '../module/decode-types.ts';
import { type FunctionType, I32, isFloat, isReference, V128, type ValueType } from '../module/types.ts';
import type { FunctionScan } from './function-scan.ts';
import { UNKNOWN } from './operands.ts';
import { scanBranch } from './scan-branch.ts';
import { scanCall } from './scan-call.ts';
import { typeAt } from './scan-context.ts';

const EMPTY = 0x40;

/** Blocks, branches, calls, and what only moves the stack. @returns whether the instruction is one of them */
export function scanControl(scan: FunctionScan, opcode: number): boolean {
  switch (opcode) {
    case 0x00:
      scan.meter.pay(1);
      scan.abandon();
      return true;
    case 0x01:
      return true;
    case 0x02:
    case 0x03:
    case 0x04:
      openBlock(scan, opcode);
      return true;
    case 0x05:
      openElse(scan);
      return true;
    case 0x0b:
      end(scan);
      return true;
    case 0x1a:
      scan.meter.pay(1);
      scan.operands.pop();
      return true;
    case 0x1b:
    case 0x1c:
      select(scan, opcode === 0x1c);
      return true;
    default:
      return scanBranch(scan, opcode) || scanCall(scan, opcode);
  }
}

function openBlock(scan: FunctionScan, opcode: number): void {
  const { operands, meter } = scan;
  const { params, results } = decodeBlockType(scan);
  if (opcode === 0x04) {
    meter.pay(1);
    operands.take(I32);
  }
  operands.takeAll(params);
  const opening = meter.current;
  if (opcode === 0x02) scan.open({ kind: 'block', params, results, opening });
  if (opcode === 0x03) scan.open({ kind: 'loop', params, results, opening, header: scan.beginSegment() });
  if (opcode === 0x04) {
    scan.open({ kind: 'if', params, results, opening });
    scan.beginSegment();
  }
}

function openElse(scan: FunctionScan): void {
  const { kind, params, results, opening, lowestTarget } = scan.operands.close();
  if (kind !== 'if') throw refuseInvalid('there is no if to this else', { offset: scan.at });
  scan.open({ kind: 'else', params, results, opening });
  scan.operands.frame.lowestTarget = lowestTarget;
  scan.beginSegment();
}

function end(scan: FunctionScan): void {
  const { operands } = scan;
  const frame = operands.close();
  const { kind, params, results } = frame;
  if (
    kind === 'if' &&
    (params.length !== results.length || params.some((type, at) => type !== results[at]))
  ) {
    throw refuseInvalid('an if without else yields something', { offset: scan.at });
  }
  scan.meter.end(frame, operands.frames, scan.reader.offset);
  operands.pushAll(results);
}

function decodeBlockType(scan: FunctionScan): FunctionType {
  const { reader, context } = scan;
  const first = reader.bytes[reader.offset] as number;
  if (first === EMPTY) {
    reader.byte();
    return { params: [], results: [] };
  }
  if (first > EMPTY && first < 0x80) {
    const type = decodeValueType(reader);
    if (isFloat(type) && !context.allowFloats) throw scan.refuse('floats');
    return { params: [], results: [type] };
  }
  const index = reader.s33();
  if (index < 0) throw reader.malformed('a block is of no known type');
  return typeAt(context.module, index);
}

function select(scan: FunctionScan, isTyped: boolean): void {
  const { operands, reader } = scan;
  scan.meter.pay(1);
  const types: ValueType[] = [];
  if (isTyped) {
    for (let left = reader.u32(); left > 0; left--) types.push(decodeValueType(reader));
    if (types.length !== 1) throw refuseInvalid('a select yields other than one value', { offset: scan.at });
  }
  operands.take(I32);
  const wanted = types[0] ?? UNKNOWN;
  const first = operands.take(wanted);
  const second = operands.take(wanted === UNKNOWN ? first : wanted);
  if (!isTyped) for (const value of [first, second]) requireNumber(scan, value & 0xff);
  operands.push(first | second || wanted);
}

function requireNumber(scan: FunctionScan, type: number): void {
  const isNumber = type === UNKNOWN || (type >= V128 && type <= I32);
  if (!isNumber || isReference(type as ValueType)) {
    throw refuseInvalid('a select without a type yields a reference', { offset: scan.at });
  }
}
