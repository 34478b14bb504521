import type { Hex } from 'viem';
import { accountKey, type StateKey, slotKey } from '../../access/state-key.ts';
import {
  asAddress,
  asBytes,
  asFields,
  asList,
  asNumber,
  asQuantity,
  type Fields,
  toHexNumber,
} from '../answer/fields.ts';

/** A value that a key got, and at which place: 0 is before the transactions, 1 the first of them. */
export type ListedChange = { key: StateKey; index: number; after: Hex };

/** The changes of a block access list (EIP-7928). Servers of different age name the fields differently. */
export function readListedChanges(value: unknown): ListedChange[] {
  return asList(value, 'the block access list').flatMap((item) =>
    readAccount(asFields(item, 'a listed account')),
  );
}

function readAccount(account: Fields): ListedChange[] {
  const address = asAddress(account.address, 'a listed account');
  const slots = listOf(account.storageChanges).flatMap((slot) => {
    const key = slotKey(address, asQuantity(slot.key ?? slot.slot, 'a listed slot'));
    return listOf(slot.changes ?? slot.slotChanges).map((change) => readChange(key, change));
  });
  const balances = listOf(account.balanceChanges).map((change) =>
    readChange(accountKey(address, 'balance'), change),
  );
  const nonces = listOf(account.nonceChanges).map((change) =>
    readChange(accountKey(address, 'nonce'), change),
  );
  const codes = listOf(account.codeChanges).map((change) => ({
    key: accountKey(address, 'code'),
    index: indexOf(change),
    after: asBytes(change.code ?? change.newCode, 'a listed code'),
  }));
  return [...slots, ...balances, ...nonces, ...codes];
}

function readChange(key: StateKey, change: Fields): ListedChange {
  const { value, newValue, postBalance, newNonce } = change;
  const after = value ?? newValue ?? postBalance ?? newNonce;
  const number = typeof after === 'number' ? BigInt(after) : asQuantity(after, 'a listed value');
  return { key, index: indexOf(change), after: toHexNumber(number) };
}

function indexOf({ index, blockAccessIndex, txIndex }: Fields): number {
  return asNumber(index ?? blockAccessIndex ?? txIndex, 'the place of a listed change');
}

/** Some servers leave out what is empty. */
function listOf(value: unknown): Fields[] {
  if (value === undefined || value === null) return [];
  return asList(value, 'a part of the block access list').map((item) => asFields(item, 'a listed change'));
}
