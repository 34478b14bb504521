import type { Address, Hex } from 'viem';
import type { Change } from '../../access/block-access.ts';
import { accountKey, type StateKey, slotKey } from '../../access/state-key.ts';
import {
  asAddress,
  asBytes,
  asFields,
  asNumber,
  asQuantity,
  type Fields,
  toHexNumber,
} from '../answer/fields.ts';
import type { Changes } from '../machine/compose-access.ts';

/** What `prestateTracer` says of one account; what it leaves out is zero or nothing. */
type PrestateAccount = { code: Hex; slots: ReadonlyMap<bigint, bigint>; told: Fields };

export type Prestate = ReadonlyMap<Address, PrestateAccount>;

export function readPrestate(value: unknown): Prestate {
  const accounts = Object.entries(asFields(value, 'the prestate'));
  return new Map(
    accounts.map(([address, account]) => [
      asAddress(address, 'an account'),
      readAccount(asFields(account, 'an account')),
    ]),
  );
}

/** What changed, of `prestateTracer` in its diff mode. */
export function readPrestateDiff(value: unknown): Changes {
  const diff = asFields(value, 'the difference of states');
  const before = readPrestate(diff.pre);
  const after = readPrestate(diff.post);
  const changes = new Map<StateKey, Change>();
  for (const address of new Set([...before.keys(), ...after.keys()])) {
    addChanges(changes, address, before.get(address), after.get(address));
  }
  return changes;
}

function readAccount(told: Fields): PrestateAccount {
  const storage = told.storage === undefined ? {} : asFields(told.storage, 'the storage of an account');
  const slots = Object.entries(storage).map(
    ([slot, value]) => [asQuantity(slot, 'a slot'), asQuantity(value, 'the value of a slot')] as const,
  );
  return { code: told.code === undefined ? '0x' : asBytes(told.code, 'a code'), slots: new Map(slots), told };
}

type Side = PrestateAccount | undefined;

/** After a change, a field that is not told did not change; an account that is not told is gone. */
function addChanges(changes: Map<StateKey, Change>, address: Address, before: Side, after: Side): void {
  const add = (key: StateKey, from: Hex, to: Hex) => {
    if (from !== to) changes.set(key, { before: from, after: to });
  };
  for (const field of ['balance', 'nonce'] as const) {
    const from = numberOf(before, field);
    const isKept = after !== undefined && after.told[field] === undefined;
    add(accountKey(address, field), toHexNumber(from), toHexNumber(isKept ? from : numberOf(after, field)));
  }
  const code = before?.code ?? '0x';
  add(
    accountKey(address, 'code'),
    code,
    after && after.told.code === undefined ? code : (after?.code ?? '0x'),
  );
  for (const slot of new Set([...(before?.slots.keys() ?? []), ...(after?.slots.keys() ?? [])])) {
    const from = before?.slots.get(slot) ?? 0n;
    add(slotKey(address, slot), toHexNumber(from), toHexNumber(after?.slots.get(slot) ?? 0n));
  }
}

function numberOf(side: Side, field: 'balance' | 'nonce'): bigint {
  const value = side?.told[field];
  if (value === undefined) return 0n;
  return field === 'nonce' ? BigInt(asNumber(value, 'a nonce')) : asQuantity(value, 'a balance');
}
