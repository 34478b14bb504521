import { asFields, asList, asNumber, type Fields, wrongType } from '../answer/fields.ts';
import { canonicalName } from '../machine/opcodes.ts';

/** One line of geth's struct logger: an instruction about to run. */
export type StructLog = {
  name: string;
  depth: number;
  gas: number;
  gasCost: number;
  stack: readonly unknown[];
  memory: readonly unknown[];
};

/** Read one at a time: a long transaction has millions of them. */
export function readStructLog(value: unknown): StructLog {
  const { depth, gas, gasCost, stack, memory } = asFields(value, 'a line of the trace');
  return {
    name: nameOf(value),
    depth: asNumber(depth, 'the depth of an instruction'),
    gas: asNumber(gas, 'the gas of an instruction'),
    gasCost: typeof gasCost === 'number' && gasCost >= 0 ? gasCost : 0,
    stack: asList(stack, 'the stack of an instruction'),
    memory: memory === null || memory === undefined ? [] : asList(memory, 'the memory of an instruction'),
  };
}

export function nameOf(value: unknown): string {
  const { op } = asFields(value, 'a line of the trace');
  if (typeof op !== 'string') throw wrongType('an instruction', 'its name', op);
  return canonicalName(op);
}

export function depthOf(value: unknown): number {
  return asNumber((value as Fields | null)?.depth, 'the depth of an instruction');
}

/** A word counted from the top. Servers write it with or without 0x. */
export function peekWord({ stack }: StructLog, depth: number): bigint | undefined {
  const word = stack[stack.length - 1 - depth];
  if (word === undefined) return undefined;
  const digits = typeof word === 'string' ? word.replace(/^0x/, '') : '';
  if (/^[0-9a-fA-F]{1,64}$/.test(digits)) return BigInt(`0x${digits}`);
  throw wrongType('a word of the stack', 'a number in hex', word);
}

/** Bytes of the memory; what was not written yet is zero. */
export function sliceMemory({ memory }: StructLog, offset: number, size: number): `0x${string}` {
  const [from, to] = [Math.floor(offset / 32), Math.ceil((offset + size) / 32)];
  const words = memory.slice(from, to).map((word) => {
    const digits = typeof word === 'string' ? word.replace(/^0x/, '') : '';
    if (/^[0-9a-fA-F]{64}$/.test(digits)) return digits.toLowerCase();
    throw wrongType('a word of the memory', '32 bytes in hex', word);
  });
  const start = 2 * (offset - 32 * from);
  return `0x${words
    .join('')
    .slice(start, start + 2 * size)
    .padEnd(2 * size, '0')}`;
}
