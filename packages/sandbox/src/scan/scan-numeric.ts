import { F32, F64, I32, I64, isFloat } from '../module/types.ts';
import { NUMERIC, SATURATING, type Signature } from '../opcode/numeric.ts';
import { BULK } from '../opcode/prefix.ts';
import type { FunctionScan } from './function-scan.ts';
import { ANY_NAN } from './operands.ts';
import { takeCanonical } from './scan-variable.ts';

const F32_REINTERPRET = 0xbc;
const F64_REINTERPRET = 0xbd;
const F32_COPYSIGN = 0x98;
const F64_COPYSIGN = 0xa6;

/** Constants, arithmetic, comparisons, conversions. @returns whether the instruction is one of them */
export function scanNumeric(scan: FunctionScan, opcode: number): boolean {
  if (opcode >= 0x41 && opcode <= 0x44) {
    scanConstant(scan, opcode);
    return true;
  }
  const signature = opcode >= BULK ? SATURATING[opcode - BULK] : NUMERIC[opcode];
  if (!signature) return false;
  const { params, results, weight, nan } = signature;
  if (!scan.context.allowFloats && hasFloat(signature)) throw scan.refuse('floats');
  scan.meter.pay(weight);
  const isEscape = opcode === F32_REINTERPRET || opcode === F64_REINTERPRET;
  // The sign of a NaN would become the sign of a number.
  const isSign = opcode === F32_COPYSIGN || opcode === F64_COPYSIGN;
  let kept = 0;
  for (let at = params.length - 1; at >= 0; at--) {
    const type = params[at] as number;
    if (isEscape || (isSign && at === 1)) takeCanonical(scan, type as typeof F32);
    else kept = scan.operands.take(type) & ANY_NAN;
  }
  for (const type of results)
    scan.operands.push(type | (nan === 'makes' ? ANY_NAN : nan === 'keeps' ? kept : 0));
  return true;
}

function scanConstant(scan: FunctionScan, opcode: number): void {
  const { reader, operands } = scan;
  if (opcode >= 0x43 && !scan.context.allowFloats) throw scan.refuse('floats');
  scan.meter.pay(1);
  if (opcode === 0x41) reader.s32();
  else if (opcode === 0x42) reader.s64();
  else reader.take(opcode === 0x43 ? 4 : 8);
  operands.push([I32, I64, F32, F64][opcode - 0x41] as number);
}

function hasFloat({ params, results }: Signature): boolean {
  return params.some(isFloat) || results.some(isFloat);
}
