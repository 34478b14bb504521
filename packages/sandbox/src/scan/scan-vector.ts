import { refuseInvalid } from '../gate/refuse.ts';
import { PREFIX, VECTORS } from '../opcode/prefix.ts';
import { isFloatLane, VECTOR } from '../opcode/vector.ts';
import type { FunctionScan } from './function-scan.ts';
import { takeMemoryArgument } from './scan-memory.ts';

const RELAXED = 256;

/** Vectors of integers. @returns whether the instruction is one of them */
export function scanVector(scan: FunctionScan, opcode: number): boolean {
  if (opcode < VECTORS || opcode >= VECTORS + PREFIX) return false;
  const instruction = VECTOR[opcode - VECTORS];
  if (!instruction) throw scan.refuse(refusedFeature(opcode - VECTORS));
  const { params, results, alignment, lanes, has16Bytes } = instruction;
  scan.meter.pay(1);
  if (alignment !== undefined) takeMemoryArgument(scan, alignment);
  const named = has16Bytes ? scan.reader.take(16) : lanes === undefined ? [] : [scan.reader.byte()];
  if (lanes !== undefined && named.some((lane) => lane >= lanes)) {
    throw refuseInvalid('there is no such lane', { offset: scan.at });
  }
  for (let at = params.length - 1; at >= 0; at--) scan.operands.take(params[at] as number);
  for (const type of results) scan.operands.push(type);
  return true;
}

function refusedFeature(opcode: number): string {
  if (isFloatLane(opcode)) return 'vectors of floats';
  return opcode >= RELAXED ? 'relaxed SIMD' : 'an unknown vector instruction';
}
