import type { Address, Hex } from 'viem';
import type { TransactionAccess } from '../../access/block-access.ts';
import type { AccessSource } from '../access-source.ts';
import { asFields, asList, asNumber, inconsistent, wrongType } from '../answer/fields.ts';
import { readBlockFrame, type TransactionFrame } from '../answer/read-block-frame.ts';
import { type Changes, composeBlock, composeTransaction, touchedBy } from '../machine/compose-access.ts';
import { canonicalName, nameOfByte } from '../machine/opcodes.ts';
import { isEnvironmentField, TouchRecorder } from '../machine/touch-recorder.ts';
import type { Rpc } from '../rpc.ts';
import { addDelegations } from '../state/delegations.ts';
import { ACCESS_TRACER } from './access-tracer.ts';
import { readPrestateDiff } from './prestate.ts';
import { DIFF_TRACER } from './prestate-source.ts';
import { readBlockTraces } from './read-block-traces.ts';

/**
 * Reads blocks with a tracer of ours that runs in the server (geth, Erigon, reth, anvil) and `prestateTracer` for what
 * changed. Anvil replays the block anew for each of its transactions, so that large blocks take long.
 *
 * @example
 * ```ts
 * const source = createJavaScriptSource(createHttpRpc({ url: 'http://127.0.0.1:8545' }))
 * const { transactions } = await source.readBlock(1n)
 * console.log(transactions.map(({ stores }) => stores.size))
 * ```
 */
export function createJavaScriptSource(rpc: Rpc): AccessSource {
  return {
    name: 'debug_traceBlockByNumber',
    unseen: [],
    async readBlock(number, { signal, onProgress } = {}) {
      const block = await readBlockFrame(rpc, number, signal);
      const total = block.transactions.length;
      if (total === 0) return composeBlock(block, []);
      const changes: Changes[] = [];
      for await (const diff of readBlockTraces(rpc, block, DIFF_TRACER, signal))
        changes.push(readPrestateDiff(diff));
      const delegated = await addDelegations(rpc, block, changes, signal);
      const transactions: TransactionAccess[] = [];
      for await (const touched of readBlockTraces(rpc, block, { tracer: ACCESS_TRACER }, signal)) {
        const index = transactions.length;
        const [frame, changed] = [block.transactions[index], delegated[index]];
        if (!frame || !changed) throw inconsistent('The tracers saw different transactions.');
        const recorder = readTouched(frame, touched);
        transactions.push(composeTransaction(frame, touchedBy(recorder, changed)));
        onProgress?.({ block: number, done: index + 1, total });
      }
      return composeBlock(block, transactions);
    },
  };
}

function readTouched(frame: TransactionFrame, value: unknown): TouchRecorder {
  const touched = asFields(value, 'the result of the tracer');
  if (touched.version !== 1) throw wrongType('the result of the tracer', 'what our tracer answers', value);
  if (touched.failed === frame.succeeded) {
    throw inconsistent('The tracer and the receipt differ on whether it failed.', {
      transaction: frame.hash,
    });
  }
  const recorder = new TouchRecorder();
  const list = (name: string, digits: RegExp) =>
    asList(touched[name], name).map((item) => hexOf(item, digits));
  for (const key of list('loads', /^[0-9a-f]{104}$/))
    recorder.load(ownerOf(key), BigInt(`0x${key.slice(40)}`));
  for (const key of list('stores', /^[0-9a-f]{104}$/))
    recorder.store(ownerOf(key), BigInt(`0x${key.slice(40)}`));
  for (const address of list('balances', /^[0-9a-f]{40}$/)) recorder.look(`0x${address}`, 'balance');
  for (const address of list('codes', /^[0-9a-f]{40}$/)) recorder.look(`0x${address}`, 'code');
  for (const address of list('nonces', /^[0-9a-f]{40}$/)) recorder.look(`0x${address}`, 'nonce');
  for (const bytes of list('hashed', /^([0-9a-f]{2})*$/)) recorder.hash(`0x${bytes}` as Hex);
  for (const pair of list('ran', /^[0-9a-f]{80}$/)) recorder.run(ownerOf(pair), `0x${pair.slice(40)}`);
  const before = frame.gasLimit - asNumber(touched.first, 'the gas at the first instruction');
  for (const [byte, gas] of Object.entries(asFields(touched.asked, 'what was asked about the block'))) {
    const field = canonicalName(nameOfByte(Number(byte)) ?? '');
    if (isEnvironmentField(field)) recorder.ask(field, before + asNumber(gas, 'gas'));
  }
  return recorder;
}

function ownerOf(key: string): Address {
  return `0x${key.slice(0, 40)}`;
}

function hexOf(value: unknown, digits: RegExp): string {
  if (typeof value === 'string' && digits.test(value)) return value;
  throw wrongType("a part of the tracer's result", 'hex', value);
}
