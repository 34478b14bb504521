import type { Change } from '../../access/block-access.ts';
import type { StateKey } from '../../access/state-key.ts';
import { ParallelError } from '../../errors.ts';
import type { AccessSource } from '../access-source.ts';
import { inconsistent } from '../answer/fields.ts';
import { readBlockFrame } from '../answer/read-block-frame.ts';
import { toTag } from '../answer/read-block-head.ts';
import { type Changes, composeBlock, composeTransaction, touchedBy } from '../machine/compose-access.ts';
import { TouchRecorder } from '../machine/touch-recorder.ts';
import type { Rpc } from '../rpc.ts';
import { inParallel } from '../state/in-parallel.ts';
import { readState } from '../state/read-state.ts';
import { type ListedChange, readListedChanges } from './block-access-list.ts';

const METHOD = 'eth_getBlockAccessList';

/**
 * Reads blocks with `eth_getBlockAccessList` (EIP-7928). The list says what each transaction changed, but what was read
 * only of the block as a whole, so that conflicts between a reader and a writer are missing: a lower bound.
 *
 * @example
 * ```ts
 * const source = createBlockAccessListSource(createHttpRpc({ url: 'http://127.0.0.1:8545' }))
 * console.log(source.unseen, await source.readBlock(1n))
 * ```
 */
export function createBlockAccessListSource(rpc: Rpc): AccessSource {
  return {
    name: METHOD,
    unseen: [
      'Which transaction read what: only what it changed counts as read, so that there are more conflicts than shown.',
      'Whether an instruction looked at a balance: changes of balances other than the sender’s count as mere additions.',
      'Whether a transaction looked at the balance of the coinbase: it counts as not looked at.',
      'Stores that left a slot as it was.',
      'What transactions asked about their block (time, number, coinbase).',
      'Whose code ran on whose storage, and what was hashed, so that fewer slots have names.',
    ],
    async readBlock(number, { signal, onProgress } = {}) {
      const block = await readBlockFrame(rpc, number, signal);
      const total = block.transactions.length;
      if (total === 0) return composeBlock(block, []);
      const list = await rpc.request(METHOD, [toTag(number)], signal);
      if (list === null) throw withoutList(number);
      const byIndex = await withValuesBefore(readListedChanges(list), total, (key) =>
        readState(rpc, key, number - 1n, signal),
      );
      const transactions = block.transactions.map((frame) => {
        const changes = byIndex[frame.index + 1] ?? new Map();
        return composeTransaction(frame, { ...touchedBy(new TouchRecorder(), changes), seesStores: false });
      });
      onProgress?.({ block: number, done: total, total });
      return composeBlock(block, transactions);
    },
  };
}

/** What each place of the block changed; the value before is that of the change before, or of the state before the block. */
async function withValuesBefore(
  list: readonly ListedChange[],
  total: number,
  read: (key: StateKey) => Promise<Change['before']>,
): Promise<Changes[]> {
  const byKey = new Map<StateKey, ListedChange[]>();
  for (const change of list) {
    if (change.index > total + 1)
      throw inconsistent('A listed change is of a transaction that the block has not.');
    const known = byKey.get(change.key);
    if (known) known.push(change);
    else byKey.set(change.key, [change]);
  }
  const keys = [...byKey.keys()];
  const initial = await inParallel(keys, read);
  const byIndex = Array.from({ length: total + 2 }, () => new Map<StateKey, Change>());
  for (const [i, key] of keys.entries()) {
    let before = initial[i] ?? '0x0';
    const changes = [...(byKey.get(key) ?? [])].sort((a, b) => a.index - b.index);
    for (const { index, after } of changes) {
      if (byIndex[index]?.has(key)) throw inconsistent('A change is listed twice.', { key, index });
      if (before !== after) byIndex[index]?.set(key, { before, after });
      before = after;
    }
  }
  return byIndex;
}

function withoutList(number: bigint): ParallelError {
  return new ParallelError(`The server has no access list of block ${number}.`, {
    code: 'RPC_REFUSED',
    fault: 'network',
    hint: 'The block may be from before block access lists (Amsterdam), or the server may have dropped its list.',
    details: { block: String(number) },
  });
}
