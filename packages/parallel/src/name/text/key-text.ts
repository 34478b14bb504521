import { type Address, type Hex, hexToBytes, toHex } from 'viem';
import type { StorageType } from '../layout/layout.ts';
import { shortHex } from './short-hex.ts';

/** What an address is called. */
export type Who = (address: Address) => string;

const DECIMAL_BITS = 64n;
const ADDRESS_BITS = 160n;
/** A word below is an amount rather than an address, when the type does not say. */
const LEAST_ADDRESS_BITS = 120n;
const PRINTABLE = /^[\x20-\x7e]+$/;
const LONGEST_TEXT = 40;

/** The key of a mapping, as its type has it. @param word as it was hashed */
export function keyText(type: StorageType | undefined, word: bigint, who: Who): string {
  if (type?.kind !== 'value') return guess(word, who);
  const { label, bytes } = type;
  if (label.startsWith('address') || label.startsWith('contract ')) return who(toAddress(word));
  if (label === 'bool') return word === 0n ? 'false' : 'true';
  if (/^int\d*$/.test(label)) return number(BigInt.asIntN(256, word));
  if (/^(uint\d*$|enum )/.test(label)) return number(word);
  const fixed = /^bytes(\d+)$/.exec(label)?.[1];
  if (fixed !== undefined) return bytesText(word, Number(fixed));
  if (bytes === 20) return who(toAddress(word));
  return bytes < 32 ? number(word) : guess(word, who);
}

/** The key of a mapping from `string` or `bytes`. */
export function tailText(label: string, bytes: Hex): string {
  if (label !== 'string') return shortHex(bytes);
  const text = new TextDecoder().decode(hexToBytes(bytes));
  return JSON.stringify(text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);
}

function number(value: bigint): string {
  const size = value < 0n ? -value : value;
  return size >> DECIMAL_BITS === 0n ? String(value) : shortHex(toHex(BigInt.asUintN(256, value)));
}

/** Short names of roles, currencies and the like are text behind which there are zeros. */
function bytesText(word: bigint, length: number): string {
  const hex = toHex(word, { size: 32 }).slice(0, 2 + 2 * length) as Hex;
  const text = new TextDecoder().decode(hexToBytes(hex)).replace(/\0+$/, '');
  return PRINTABLE.test(text) ? JSON.stringify(text) : shortHex(hex);
}

function guess(word: bigint, who: Who): string {
  if (word >> DECIMAL_BITS === 0n) return String(word);
  const isAddress = word >> ADDRESS_BITS === 0n && word >> LEAST_ADDRESS_BITS !== 0n;
  return isAddress ? who(toAddress(word)) : shortHex(toHex(word, { size: 32 }));
}

function toAddress(word: bigint): Address {
  return toHex(BigInt.asUintN(160, word), { size: 20 });
}
