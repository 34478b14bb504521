import type { Address, Hex } from 'viem';
import { ParallelError } from '../../errors.ts';

/** An object of a server's answer, nothing of it believed yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function asFields(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw wrongType(what, 'an object', value);
}

export function asList(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrongType(what, 'a list', value);
}

/** Bytes as hex, in lower case. */
export function asBytes(value: unknown, what: string): Hex {
  if (typeof value === 'string' && value.length % 2 === 0 && /^0x[0-9a-fA-F]*$/.test(value)) {
    return value.toLowerCase() as Hex;
  }
  throw wrongType(what, 'bytes in hex', value);
}

export function asHash(value: unknown, what: string): Hex {
  if (typeof value === 'string' && /^0x[0-9a-fA-F]{64}$/.test(value)) return value.toLowerCase() as Hex;
  throw wrongType(what, 'a hash', value);
}

export function asAddress(value: unknown, what: string): Address {
  if (typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value)) return value.toLowerCase() as Address;
  throw wrongType(what, 'an address', value);
}

/** A number that fits a word, as hex with any number of digits. */
export function asQuantity(value: unknown, what: string): bigint {
  if (typeof value === 'string' && /^0x[0-9a-fA-F]{1,64}$/.test(value)) return BigInt(value);
  throw wrongType(what, 'a number in hex', value);
}

/** A quantity that some servers write in hex and others as a number. */
export function asNumber(value: unknown, what: string): number {
  const number = typeof value === 'number' ? value : Number(asQuantity(value, what));
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw wrongType(what, 'a number', value);
}

/** A {@link Change} holds numbers without leading zeros. */
export function toHexNumber(value: bigint): Hex {
  return `0x${value.toString(16)}`;
}

export function wrongType(what: string, expected: string, value: unknown): ParallelError {
  const shown = value === undefined ? 'nothing' : JSON.stringify(value)?.slice(0, 80);
  return new ParallelError(`The server answered ${shown} for ${what}: expected ${expected}.`, {
    code: 'RPC_MALFORMED',
    fault: 'network',
    hint: 'Use another server, or another way of asking.',
  });
}

/** Two parts of what a server answered contradict each other. */
export function inconsistent(
  why: string,
  details: Record<string, string | number | boolean> = {},
): ParallelError {
  return new ParallelError(`The answers of the server contradict each other. ${why}`, {
    code: 'TRACE_INCONSISTENT',
    fault: 'network',
    hint: 'Nothing was reported, since it would be wrong. Try another way of asking, or another server.',
    details,
  });
}
