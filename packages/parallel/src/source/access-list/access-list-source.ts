import type { Address } from 'viem';
import type { Change } from '../../access/block-access.ts';
import { accountKey, type StateKey } from '../../access/state-key.ts';
import type { AccessSource } from '../access-source.ts';
import { asAddress, asFields, asList, asQuantity, inconsistent } from '../answer/fields.ts';
import { type BlockFrame, readBlockFrame, type TransactionFrame } from '../answer/read-block-frame.ts';
import { toTag } from '../answer/read-block-head.ts';
import { type Changes, composeBlock, composeTransaction, touchedBy } from '../machine/compose-access.ts';
import { TouchRecorder } from '../machine/touch-recorder.ts';
import type { Rpc } from '../rpc.ts';
import { inParallel } from '../state/in-parallel.ts';
import { readState } from '../state/read-state.ts';

const METHOD = 'eth_createAccessList';

/**
 * Reads blocks with `eth_createAccessList`, the last resort: each transaction is run anew on the state before the block,
 * and a slot that it touches counts as changed by it when the block as a whole changed it.
 *
 * @example
 * ```ts
 * const source = createAccessListSource(createHttpRpc({ url: 'http://127.0.0.1:8545' }))
 * console.log(source.unseen, await source.readBlock(1n))
 * ```
 */
export function createAccessListSource(rpc: Rpc): AccessSource {
  return {
    name: METHOD,
    unseen: [
      'What a transaction did in its place: it is run on the state before the block, where it may take another path.',
      'Which of the slots that it touches a transaction changed: all those that the block changed count as changed by it.',
      'Slots that were changed and changed back within the block: they count as read only.',
      'Balances, nonces and code, except of the sender, the recipient and a contract made by the transaction itself.',
      'The values before and after each transaction: those before and after the block stand for them.',
      'What transactions asked about their block, whose code ran on whose storage, and what was hashed.',
    ],
    async readBlock(number, { signal, onProgress } = {}) {
      const block = await readBlockFrame(rpc, number, signal);
      const total = block.transactions.length;
      const recorders: TouchRecorder[] = [];
      for (const frame of block.transactions) {
        recorders.push(await readTouched(rpc, block, frame, signal));
        onProgress?.({ block: number, done: recorders.length, total });
      }
      const changed = await readChanged(rpc, block, recorders, signal);
      const transactions = block.transactions.map((frame, i) => {
        const recorder = recorders[i] ?? new TouchRecorder();
        const keys = [...recorder.reads, ...accountKeys(frame)].filter((key) => changed.has(key));
        const changes = new Map(keys.map((key) => [key, changed.get(key) as Change]));
        return composeTransaction(frame, { ...touchedBy(recorder, changes), seesStores: false });
      });
      return composeBlock(block, transactions);
    },
  };
}

async function readTouched(
  rpc: Rpc,
  block: BlockFrame,
  { from, to, raw, hash }: TransactionFrame,
  signal: AbortSignal | undefined,
): Promise<TouchRecorder> {
  const recorder = new TouchRecorder();
  const call = { from, ...(to && { to }), gas: raw.gas, value: raw.value, input: raw.input };
  const answer = asFields(
    await rpc.request(METHOD, [call, toTag(block.number - 1n)], signal),
    'an access list',
  );
  for (const item of asList(answer.accessList, 'an access list')) {
    const { address, storageKeys } = asFields(item, 'an entry of an access list');
    const owner = asAddress(address, 'an account of an access list');
    for (const slot of asList(storageKeys, 'the slots of an access list')) {
      recorder.load(owner, asQuantity(slot, 'a slot of an access list'));
    }
  }
  if (asQuantity(answer.gasUsed, 'the gas of an access list') === 0n) {
    throw inconsistent('A transaction was run without gas.', { transaction: hash });
  }
  return recorder;
}

/** Balances, nonces and code that a transaction changes by itself, whatever its code does. */
function accountKeys({ from, to, created, value, succeeded }: TransactionFrame): StateKey[] {
  const keys = [accountKey(from, 'balance'), accountKey(from, 'nonce')];
  const target: Address | null = to ?? created;
  if (target && succeeded && value > 0n && target !== from) keys.push(accountKey(target, 'balance'));
  if (created && succeeded) keys.push(accountKey(created, 'code'), accountKey(created, 'nonce'));
  return keys;
}

/** What the block as a whole changed of what its transactions touched. */
async function readChanged(
  rpc: Rpc,
  block: BlockFrame,
  recorders: readonly TouchRecorder[],
  signal: AbortSignal | undefined,
): Promise<Changes> {
  const touched = recorders.flatMap(({ reads }) => [...reads]);
  const keys = [...new Set([...touched, ...block.transactions.flatMap(accountKeys)])];
  const changes = await inParallel(keys, async (key) => {
    const [before, after] = [
      await readState(rpc, key, block.number - 1n, signal),
      await readState(rpc, key, block.number, signal),
    ];
    return [key, { before, after }] as const;
  });
  return new Map(changes.filter(([, { before, after }]) => before !== after));
}
