import type { Hex } from 'viem';
import type { Change } from '../../access/block-access.ts';
import { accountKey, type StateKey, slotKey } from '../../access/state-key.ts';
import { asAddress, asBytes, asFields, asQuantity, toHexNumber, wrongType } from '../answer/fields.ts';
import type { Changes } from '../machine/compose-access.ts';

type Ends = { before: unknown; after: unknown };

/** What changed, of a `stateDiff` as OpenEthereum introduced it. */
export function readStateDiff(value: unknown): Changes {
  const changes = new Map<StateKey, Change>();
  for (const [name, account] of Object.entries(asFields(value, 'stateDiff'))) {
    const address = asAddress(name, 'an account of stateDiff');
    const { balance, nonce, code, storage } = asFields(account, 'an account of stateDiff');
    add(changes, accountKey(address, 'balance'), endsOf(balance), numberOf);
    add(changes, accountKey(address, 'nonce'), endsOf(nonce), numberOf);
    add(changes, accountKey(address, 'code'), endsOf(code), bytesOf);
    for (const [slot, change] of Object.entries(asFields(storage, 'the storage of stateDiff'))) {
      add(changes, slotKey(address, asQuantity(slot, 'a slot of stateDiff')), endsOf(change), numberOf);
    }
  }
  return changes;
}

function add(
  changes: Map<StateKey, Change>,
  key: StateKey,
  ends: Ends | undefined,
  read: (value: unknown) => Hex,
): void {
  if (!ends) return;
  const change = { before: read(ends.before), after: read(ends.after) };
  if (change.before !== change.after) changes.set(key, change);
}

/** `=` nothing changed, `+` there was nothing before, `-` there is nothing after, `*` both. */
function endsOf(value: unknown): Ends | undefined {
  if (value === '=') return undefined;
  const change = asFields(value, 'a change of stateDiff');
  if ('+' in change) return { before: undefined, after: change['+'] };
  if ('-' in change) return { before: change['-'], after: undefined };
  if (!('*' in change)) throw wrongType('a change of stateDiff', '=, +, - or *', value);
  const { from, to } = asFields(change['*'], 'a change of stateDiff');
  if (from === undefined || to === undefined) throw wrongType('a change of stateDiff', 'from and to', value);
  return { before: from, after: to };
}

function numberOf(value: unknown): Hex {
  return value === undefined ? '0x0' : toHexNumber(asQuantity(value, 'a value of stateDiff'));
}

function bytesOf(value: unknown): Hex {
  return value === undefined ? '0x' : asBytes(value, 'a code of stateDiff');
}
