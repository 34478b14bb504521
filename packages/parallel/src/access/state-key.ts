import type { Address, Hex } from 'viem';

/** What transactions meet at: a storage slot, or the balance, nonce or code of an account. Lower case. */
export type StateKey = `${Address}:${Hex}` | `${Address}#${AccountField}`;

/** What an account has besides storage. */
export type AccountField = 'balance' | 'nonce' | 'code';

/** A {@link StateKey} taken apart. */
export type StateKeyParts =
  | { address: Address; field: 'storage'; slot: bigint }
  | { address: Address; field: AccountField };

/** @param slot hex with any number of digits, or a number */
export function slotKey(address: string, slot: string | bigint): StateKey {
  const digits = typeof slot === 'bigint' ? slot.toString(16) : slot.slice(2).toLowerCase();
  return `${address.toLowerCase() as Address}:0x${digits.padStart(64, '0')}`;
}

export function accountKey(address: string, field: AccountField): StateKey {
  return `${address.toLowerCase() as Address}#${field}`;
}

export function parseStateKey(key: StateKey): StateKeyParts {
  const address = key.slice(0, 42) as Address;
  if (key[42] === ':') return { address, field: 'storage', slot: BigInt(key.slice(43)) };
  return { address, field: key.slice(43) as AccountField };
}
