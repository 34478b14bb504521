import { asBytes, asFields, asList, type Fields } from '../answer/fields.ts';
import type { TransactionHead } from '../answer/read-block-head.ts';

const TRANSACTION = 21_000;
const CREATION = 32_000;
const INITCODE_WORD = 2;
const ZERO_BYTE = 4;
const OTHER_BYTE = 16;
const LISTED_ADDRESS = 2400;
const LISTED_SLOT = 1900;
const AUTHORIZATION = 25_000;
/** What a byte costs at least (EIP-7623). */
const FLOOR_ZERO_BYTE = 10;
const FLOOR_OTHER_BYTE = 40;

/**
 * What a transaction costs whose code used so much gas, before refunds, by the rules of Prague.
 *
 * @param gasUsed of its code
 */
export function gasWithoutRefund({ to, raw }: TransactionHead, gasUsed: number): number {
  const input = asBytes(raw.input, 'the input of a transaction');
  const bytes = (input.length - 2) / 2;
  const zeros = countZeros(input);
  const others = bytes - zeros;
  let gas = TRANSACTION + ZERO_BYTE * zeros + OTHER_BYTE * others + gasUsed;
  if (to === null) gas += CREATION + INITCODE_WORD * Math.ceil(bytes / 32);
  for (const { storageKeys } of listOf(raw.accessList)) {
    gas += LISTED_ADDRESS + LISTED_SLOT * asList(storageKeys, 'the slots of an access list').length;
  }
  gas += AUTHORIZATION * listOf(raw.authorizationList).length;
  return Math.max(gas, TRANSACTION + FLOOR_ZERO_BYTE * zeros + FLOOR_OTHER_BYTE * others);
}

function countZeros(input: string): number {
  let zeros = 0;
  for (let at = 2; at < input.length; at += 2) {
    if (input[at] === '0' && input[at + 1] === '0') zeros += 1;
  }
  return zeros;
}

function listOf(value: unknown): Fields[] {
  if (value === null || value === undefined) return [];
  return asList(value, 'a list of a transaction').map((item) => asFields(item, 'an entry of a transaction'));
}
