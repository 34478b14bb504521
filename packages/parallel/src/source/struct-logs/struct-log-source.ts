import type { TransactionAccess } from '../../access/block-access.ts';
import { ParallelError } from '../../errors.ts';
import type { AccessSource } from '../access-source.ts';
import { asBytes, asFields, asList, inconsistent, wrongType } from '../answer/fields.ts';
import { readBlockFrame, type TransactionFrame } from '../answer/read-block-frame.ts';
import { composeBlock, composeTransaction, touchedBy } from '../machine/compose-access.ts';
import type { TouchRecorder } from '../machine/touch-recorder.ts';
import type { Rpc } from '../rpc.ts';
import { readState } from '../state/read-state.ts';
import { StateLedger, type StateReader } from './state-ledger.ts';
import { StructLogWalk } from './walk-struct-logs.ts';

const METHOD = 'debug_traceTransaction';

/**
 * Reads blocks with `debug_traceTransaction` and its struct logger, one question a transaction (Hardhat, and any server
 * that traces). What changed follows from the instructions and the state before the block, and is checked against the
 * state after it. Slow: the server writes down every step with its stack and memory.
 *
 * @example
 * ```ts
 * const source = createStructLogSource(createHttpRpc({ url: 'http://127.0.0.1:8545' }))
 * const { transactions } = await source.readBlock(1n)
 * console.log(transactions.map(({ writes }) => [...writes.keys()]))
 * ```
 */
export function createStructLogSource(rpc: Rpc): AccessSource {
  return {
    name: METHOD,
    unseen: ['Before Cancun, what a contract loses that destroys itself.'],
    async readBlock(number, { signal, onProgress } = {}) {
      const block = await readBlockFrame(rpc, number, signal);
      const read: StateReader = (key, when) =>
        readState(rpc, key, when === 'after' ? number : number - 1n, signal);
      const ledger = new StateLedger(block, read);
      const total = block.transactions.length;
      const transactions: TransactionAccess[] = [];
      for (const frame of block.transactions) {
        const recorder = await readTouched(rpc, frame, ledger, signal);
        const changes = await ledger.apply(frame, recorder.effects);
        transactions.push(composeTransaction(frame, touchedBy(recorder, changes)));
        onProgress?.({ block: number, done: transactions.length, total });
      }
      await ledger.check();
      return composeBlock(block, transactions);
    },
  };
}

async function readTouched(
  rpc: Rpc,
  frame: TransactionFrame,
  ledger: StateLedger,
  signal: AbortSignal | undefined,
): Promise<TouchRecorder> {
  const options = { disableStorage: true, enableMemory: true };
  const trace = asFields(
    await rpc.request(METHOD, [frame.hash, options], signal),
    'the trace of a transaction',
  );
  const { failed } = trace;
  const details = { transaction: frame.hash };
  if (typeof failed !== 'boolean') throw wrongType('whether a transaction failed', 'true or false', failed);
  if (failed === frame.succeeded)
    throw inconsistent('The trace and the receipt differ on whether it failed.', details);
  const logs = asList(trace.structLogs, 'the lines of a trace');
  const code = frame.to === null ? asBytes(frame.raw.input, 'the input') : await ledger.codeOf(frame.to);
  if (logs.length === 0 && code !== '0x') throw withoutSteps();
  const walk = new StructLogWalk(logs);
  walk.run(frame);
  return walk.recorder;
}

function withoutSteps(): ParallelError {
  return new ParallelError('The server traced a transaction without its instructions.', {
    code: 'RPC_REFUSED',
    fault: 'network',
    hint: 'Start it so that it keeps them (anvil: --steps-tracing), or ask another way.',
  });
}
