import type { Hex } from 'viem';
import {
  asBytes,
  asFields,
  asList,
  asNumber,
  type Fields,
  inconsistent,
  wrongType,
} from '../answer/fields.ts';
import { canonicalName, nameOfByte } from '../machine/opcodes.ts';

/** One frame of a `vmTrace`. */
export type VmFrame = { code: Hex; operations: readonly unknown[] };

/** What an instruction left behind; `undefined` instead of it when the instruction failed. */
export type VmEffect = {
  gasLeft: number;
  push: readonly unknown[];
  memory: { offset: number; data: Hex } | undefined;
};

export function readVmFrame(value: unknown): VmFrame {
  const { code, ops } = asFields(value, 'vmTrace');
  return {
    code: asBytes(code, 'the code of vmTrace'),
    operations: asList(ops, 'the instructions of vmTrace'),
  };
}

/** Some servers name the instruction, others leave it to the code. */
export function nameOf(operation: Fields, code: Hex): string {
  if (typeof operation.op === 'string') return canonicalName(operation.op);
  const pc = asNumber(operation.pc, 'the place of an instruction');
  const byte = Number.parseInt(code.slice(2 + 2 * pc, 4 + 2 * pc) || '00', 16);
  if (code.startsWith('0xef01'))
    throw inconsistent('The trace shows a delegation instead of the code that ran.');
  return nameOfByte(byte) ?? 'INVALID';
}

export function readEffect(value: unknown): VmEffect | undefined {
  if (value === null) return undefined;
  const { used, push, mem } = asFields(value, 'the effect of an instruction');
  return {
    gasLeft: asNumber(used, 'the gas left by an instruction'),
    push: push === null || push === undefined ? [] : asList(push, 'what an instruction pushed'),
    memory: mem === null || mem === undefined ? undefined : readMemory(mem),
  };
}

function readMemory(value: unknown): VmEffect['memory'] {
  const { off, data } = asFields(value, 'the memory of an instruction');
  if (typeof data !== 'string' || !data.startsWith('0x')) throw wrongType('the memory', 'bytes', data);
  return { offset: asNumber(off, 'the place of memory'), data: data as Hex };
}
