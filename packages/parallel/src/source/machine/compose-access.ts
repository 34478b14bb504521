import type { BlockAccess, Change, TransactionAccess } from '../../access/block-access.ts';
import { accountKey, type StateKey } from '../../access/state-key.ts';
import { inconsistent } from '../answer/fields.ts';
import type { BlockHead, TransactionHead } from '../answer/read-block-head.ts';
import type { TouchRecorder } from './touch-recorder.ts';

export type Changes = ReadonlyMap<StateKey, Change>;

/** What is known of one transaction before its coinbase is left out. */
export type Touched = Pick<TransactionAccess, 'environment' | 'preimages' | 'codes'> & {
  reads: Set<StateKey>;
  stores: Set<StateKey>;
  changes: Changes;
  /** Whether every store was seen, so that a slot cannot have changed without one. */
  seesStores: boolean;
};

export function touchedBy(recorder: TouchRecorder, changes: Changes): Touched {
  checkValues(recorder, changes);
  const { reads, environment, preimages, codes } = recorder;
  return { reads, stores: recorder.stores(), environment, preimages, codes, changes, seesStores: true };
}

/** What was stored last is what is there afterwards. */
function checkValues({ effects }: TouchRecorder, changes: Changes): void {
  const last = new Map<StateKey, bigint | undefined>();
  for (const effect of effects) if (effect.kind === 'store') last.set(effect.key, effect.value);
  for (const [key, { after }] of changes) {
    const value = last.get(key);
    if (value !== undefined && value !== BigInt(after)) {
      throw inconsistent('A slot holds another value than was stored.', { slot: key });
    }
  }
}

/** Types of transactions that people send; rollups have others of their own. */
const USUAL_TYPES: ReadonlySet<number> = new Set([0, 1, 2, 3, 4]);

type Framed = TransactionHead & { gas: number };

/** Adds what every transaction touches: its sender, and the code that it calls or makes. */
export function composeTransaction(frame: Framed, touched: Touched): TransactionAccess {
  const { hash, index, from, to, selector, gas, gasLimit } = frame;
  const { reads, stores, changes, environment, preimages, codes } = touched;
  if (USUAL_TYPES.has(Number(frame.raw.type ?? 0)) && !changes.has(accountKey(from, 'nonce'))) {
    throw inconsistent('A transaction did not take a nonce of its sender.', { transaction: hash });
  }
  reads.add(accountKey(from, 'nonce')).add(accountKey(from, 'balance'));
  const target = to ?? frame.created;
  if (target) reads.add(accountKey(target, 'code'));
  const deltas = new Set<StateKey>();
  for (const key of changes.keys()) {
    if (key[42] === ':') checkStored(frame, key, touched);
    else if (!key.endsWith('#balance')) reads.add(key);
    else if (!reads.has(key)) deltas.add(key);
  }
  const common = { hash, index, from, to, selector, gas, gasLimit };
  return { ...common, reads, writes: changes, stores, deltas, environment, preimages, codes };
}

function checkStored(frame: Framed, key: StateKey, { reads, stores, changes, seesStores }: Touched): void {
  if (!seesStores) {
    stores.add(key);
    reads.add(key);
  }
  if (stores.has(key) || isGone(key, changes)) return;
  throw inconsistent('A slot changed that was not stored to.', { transaction: frame.hash, slot: key });
}

/** An account that destroyed itself loses its storage without a store. */
function isGone(key: StateKey, changes: Changes): boolean {
  return changes.get(accountKey(key.slice(0, 42), 'code'))?.after === '0x';
}

/** The block without its coinbase's balance, unless a transaction looked at it or is sent by it. */
export function composeBlock(frame: BlockHead, transactions: readonly TransactionAccess[]): BlockAccess {
  const { number, hash, timestamp, coinbase } = frame;
  const fees = accountKey(coinbase, 'balance');
  const isSeen = transactions.some(({ reads }) => reads.has(fees));
  return {
    number,
    hash,
    timestamp,
    coinbase,
    transactions: isSeen ? transactions : transactions.map((transaction) => without(transaction, fees)),
  };
}

function without(transaction: TransactionAccess, key: StateKey): TransactionAccess {
  if (!transaction.writes.has(key)) return transaction;
  const writes = new Map(transaction.writes);
  writes.delete(key);
  const deltas = new Set(transaction.deltas);
  deltas.delete(key);
  return { ...transaction, writes, deltas };
}
