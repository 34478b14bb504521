import type { Hex } from 'viem';
import type { TransactionAccess } from '../../access/block-access.ts';
import { accountKey } from '../../access/state-key.ts';
import { ParallelError } from '../../errors.ts';
import type { AccessSource } from '../access-source.ts';
import { asBytes, asFields, asHash, inconsistent } from '../answer/fields.ts';
import { type BlockFrame, readBlockFrame, type TransactionFrame } from '../answer/read-block-frame.ts';
import { type Changes, composeBlock, composeTransaction, touchedBy } from '../machine/compose-access.ts';
import { TouchRecorder } from '../machine/touch-recorder.ts';
import type { Rpc } from '../rpc.ts';
import { addDelegations } from '../state/delegations.ts';
import { type Prestate, readPrestate, readPrestateDiff } from './prestate.ts';
import { readBlockTraces, type Tracer } from './read-block-traces.ts';

const PRESTATE = 'prestateTracer';
export const DIFF_TRACER: Tracer = { tracer: PRESTATE, tracerConfig: { diffMode: true } };
const PREIMAGES = 'keccak256PreimageTracer';

/**
 * Reads blocks with geth's own tracers: `prestateTracer` twice (what was there, what changed) and, where `muxTracer` can
 * run them together, `keccak256PreimageTracer`. No code is sent to the server, so that hosted ones allow it.
 *
 * @example
 * ```ts
 * const source = createPrestateSource(createHttpRpc({ url: 'http://127.0.0.1:8545' }))
 * console.log(source.unseen, await source.readBlock(1n))
 * ```
 */
export function createPrestateSource(rpc: Rpc): AccessSource {
  return {
    name: 'debug_traceBlockByNumber',
    unseen: [
      'Stores that left a slot as it was, and stores that were reverted, count as reads only.',
      'Whether an instruction looked at the balance of an account that it touched: it counts as looked at.',
      'What transactions asked about their block (time, number, coinbase).',
      'Whose code ran on whose storage.',
      'Whether a transaction looked at the balance of the coinbase: it counts as not looked at.',
    ],
    async readBlock(number, { signal, onProgress } = {}) {
      const block = await readBlockFrame(rpc, number, signal);
      const total = block.transactions.length;
      if (total === 0) return composeBlock(block, []);
      const before = await readBefore(rpc, block, signal);
      const changes: Changes[] = [];
      for await (const diff of readBlockTraces(rpc, block, DIFF_TRACER, signal)) {
        changes.push(readPrestateDiff(diff));
        onProgress?.({ block: number, done: changes.length, total });
      }
      const delegated = await addDelegations(rpc, block, changes, signal);
      const transactions = block.transactions.map((frame, i) => {
        const [seen, changed] = [before[i], delegated[i]];
        if (!seen || !changed) throw inconsistent('The tracers saw different transactions.');
        return compose(block, frame, seen, changed);
      });
      return composeBlock(block, transactions);
    },
  };
}

type Before = { prestate: Prestate; preimages: readonly (readonly [hash: Hex, bytes: Hex])[] };

async function readBefore(rpc: Rpc, block: BlockFrame, signal: AbortSignal | undefined): Promise<Before[]> {
  const both = await readBoth(rpc, block, signal);
  if (both) return both;
  const results: Before[] = [];
  for await (const result of readBlockTraces(rpc, block, { tracer: PRESTATE }, signal)) {
    results.push({ prestate: readPrestate(result), preimages: [] });
  }
  return results;
}

/** `undefined` where the server cannot run two tracers together. */
async function readBoth(
  rpc: Rpc,
  block: BlockFrame,
  signal: AbortSignal | undefined,
): Promise<Before[] | undefined> {
  const tracer = { tracer: 'muxTracer', tracerConfig: { [PRESTATE]: {}, [PREIMAGES]: {} } };
  const results: Before[] = [];
  try {
    for await (const result of readBlockTraces(rpc, block, tracer, signal)) {
      const fields = asFields(result, 'the result of muxTracer');
      // Some servers know the name and run nothing.
      if (fields[PRESTATE] === undefined || fields[PREIMAGES] === undefined) return undefined;
      results.push({ prestate: readPrestate(fields[PRESTATE]), preimages: readPreimages(fields[PREIMAGES]) });
    }
    return results;
  } catch (error) {
    if (error instanceof ParallelError && error.code === 'RPC_REFUSED') return undefined;
    throw error;
  }
}

function readPreimages(value: unknown): Before['preimages'] {
  return Object.entries(asFields(value, 'the preimages')).map(
    ([hash, bytes]) => [asHash(hash, 'a hash'), asBytes(bytes, 'a preimage')] as const,
  );
}

function compose(
  block: BlockFrame,
  frame: TransactionFrame,
  before: Before,
  changes: Changes,
): TransactionAccess {
  const recorder = new TouchRecorder();
  const ranCode = frame.to === null || [...before.prestate.values()].some(({ code }) => code !== '0x');
  for (const [address, { code, slots }] of before.prestate) {
    for (const slot of slots.keys()) recorder.load(address, slot);
    if (code !== '0x') recorder.look(address, 'code');
    if (ranCode && address !== block.coinbase) recorder.look(address, 'balance');
  }
  for (const [hash, bytes] of before.preimages) {
    if (!recorder.hash(bytes, hash)) throw inconsistent('A preimage has another hash.', { hash });
  }
  for (const key of changes.keys()) {
    if (key[42] !== ':' || recorder.reads.has(key)) continue;
    const nonce = changes.get(accountKey(key.slice(0, 42), 'nonce'));
    if (nonce?.before !== '0x0') {
      throw inconsistent('A slot changed that was not in the state before.', {
        transaction: frame.hash,
        slot: key,
      });
    }
  }
  return composeTransaction(frame, { ...touchedBy(recorder, changes), seesStores: false });
}
