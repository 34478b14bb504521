import type { ByteReader } from '../binary/byte-reader.ts';
import { refuseFeature, refuseInvalid } from '../gate/refuse.ts';
import { decodeReferenceType } from './decode-types.ts';
import { type Constant, F32, F64, FUNCREF, I32, I64, V128, type ValueType } from './types.ts';

const END = 0x0b;

/** A constant expression of type `expected`; `functionCount` bounds `ref.func`. */
export function decodeConstant(reader: ByteReader, expected: ValueType, functionCount: number): Constant {
  const start = reader.offset;
  const stack: ValueType[] = [];
  let functionIndex: number | undefined;
  for (let opcode = reader.byte(); opcode !== END; opcode = reader.byte()) {
    if (opcode === 0xd2) functionIndex = referredFunction(reader, functionCount);
    step(reader, opcode, stack);
  }
  if (stack.length !== 1 || stack[0] !== expected) {
    throw refuseInvalid('a constant has another type', { offset: start });
  }
  if (functionIndex !== undefined) return { functionIndex };
  return { bytes: reader.bytes.subarray(start, reader.offset) };
}

function referredFunction(reader: ByteReader, functionCount: number): number {
  const index = reader.u32();
  if (index >= functionCount) throw refuseInvalid('there is no such function', { index });
  return index;
}

function step(reader: ByteReader, opcode: number, stack: ValueType[]): void {
  switch (opcode) {
    case 0x41:
      reader.s32();
      stack.push(I32);
      return;
    case 0x42:
      reader.s64();
      stack.push(I64);
      return;
    case 0x43:
      reader.take(4);
      stack.push(F32);
      return;
    case 0x44:
      reader.take(8);
      stack.push(F64);
      return;
    case 0xd0:
      stack.push(decodeReferenceType(reader));
      return;
    case 0xd2:
      stack.push(FUNCREF);
      return;
    case 0xfd:
      if (reader.u32() !== 12)
        throw refuseInvalid('an instruction is not constant', { offset: reader.offset });
      reader.take(16);
      stack.push(V128);
      return;
    case 0x23:
      throw refuseFeature('a global in a constant expression', reader.offset);
    case 0x6a:
    case 0x6b:
    case 0x6c:
    case 0x7c:
    case 0x7d:
    case 0x7e:
      throw refuseFeature('extended constant expressions', reader.offset);
    default:
      throw refuseInvalid('an instruction is not constant', { offset: reader.offset });
  }
}
