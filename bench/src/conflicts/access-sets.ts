import type { Hex } from 'viem';
import type { BenchChain, Receipt } from '../chain/bench-chain.ts';
import type { AccessSet } from './conflict-model.ts';

type Prestate = { result: Record<string, { storage?: Record<string, Hex> }> };
type Change = '=' | { '*': { from: Hex; to: Hex } } | { '+': Hex } | { '-': Hex };
type StateDiff = Record<string, { balance: Change; nonce: Change; storage: Record<string, Change> }>;
type Stores = { result: string[] };

/** Runs inside anvil: every slot that was stored to. */
const STORES_TRACER = `{
  stores: {},
  hex: function(b) { var s = ''; for (var i = 0; i < b.length; i++) { var h = b[i].toString(16); s += h.length < 2 ? '0' + h : h } return s },
  word: function(v) { var h = v.toString(16); while (h.length < 64) h = '0' + h; return h },
  step: function(log) {
    if (log.op.toNumber() == 0x55) this.stores['0x' + this.hex(log.contract.getAddress()) + ':0x' + this.word(log.stack.peek(0))] = 1;
  },
  fault: function() {},
  result: function() { return Object.keys(this.stores) }
}`;

/**
 * What each transaction of a block read, changed and stored to. Reads: the prestate of each transaction; changes: a
 * replay with state differences. The coinbase is left out.
 *
 * @param withStores also trace stores that changed nothing; otherwise `stores` are the changes. It is most of the time:
 * anvil replays the block anew for each of its transactions.
 */
export async function readAccessSets(
  chain: BenchChain,
  receipts: readonly Receipt[],
  withStores: boolean,
): Promise<AccessSet[]> {
  const block = receipts[0]?.blockNumber;
  if (receipts.some(({ blockNumber }) => blockNumber !== block)) throw new Error('Not one block.');
  const replay = await chain.request('trace_replayBlockTransactions', [block, ['stateDiff']]);
  const prestate = await chain.request('debug_traceBlockByNumber', [block, { tracer: 'prestateTracer' }]);
  const stores = withStores
    ? await chain.request('debug_traceBlockByNumber', [block, { tracer: STORES_TRACER }])
    : undefined;
  const { miner } = (await chain.request('eth_getBlockByNumber', [block, false])) as { miner: string };
  return receipts.map((receipt, i) => {
    const before = (prestate as Prestate[])[i]?.result ?? {};
    const after = (replay as { stateDiff: StateDiff }[])[i]?.stateDiff ?? {};
    const reads = new Set(readKeys(before, miner.toLowerCase()));
    const writes = new Set(changedKeys(after, miner.toLowerCase()));
    const stored = new Set((stores as Stores[] | undefined)?.[i]?.result ?? writes);
    assertAgreement(reads, writes, stored);
    return { gas: Number(receipt.gasUsed), reads, writes, stores: new Set([...writes, ...stored]) };
  });
}

function readKeys(prestate: Prestate['result'], coinbase: string): string[] {
  return Object.entries(prestate).flatMap(([address, { storage = {} }]) => {
    const owner = address.toLowerCase();
    if (owner === coinbase) return [];
    return [
      `${owner}#balance`,
      `${owner}#nonce`,
      ...Object.keys(storage).map((slot) => slotKey(owner, slot)),
    ];
  });
}

function changedKeys(diff: StateDiff, coinbase: string): string[] {
  return Object.entries(diff).flatMap(([address, { balance, nonce, storage }]) => {
    const owner = address.toLowerCase();
    if (owner === coinbase) return [];
    const slots = Object.entries(storage).filter(([, change]) => isChange(change));
    return [
      ...(isChange(balance) ? [`${owner}#balance`] : []),
      ...(isChange(nonce) ? [`${owner}#nonce`] : []),
      ...slots.map(([slot]) => slotKey(owner, slot)),
    ];
  });
}

function isChange(change: Change): boolean {
  if (change === '=') return false;
  return !('*' in change) || BigInt(change['*'].from) !== BigInt(change['*'].to);
}

function slotKey(address: string, slot: string): string {
  return `${address}:0x${slot.slice(2).toLowerCase().padStart(64, '0')}`;
}

/** The tracers saw the same block: what changed was stored to, and what was stored to is in the prestate. */
function assertAgreement(reads: Set<string>, writes: Set<string>, stored: Set<string>): void {
  for (const key of writes) {
    if (key.includes(':') && !stored.has(key)) throw new Error(`Changed without a store: ${key}`);
  }
  for (const key of [...writes, ...stored]) {
    if (!reads.has(key)) throw new Error(`Changed without being in the prestate: ${key}`);
  }
}
