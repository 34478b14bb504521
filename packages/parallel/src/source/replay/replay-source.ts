import type { TransactionAccess } from '../../access/block-access.ts';
import type { AccessSource } from '../access-source.ts';
import { asFields, asHash, type Fields, inconsistent } from '../answer/fields.ts';
import { readBlockFrame, type TransactionFrame, toTag } from '../answer/read-block-frame.ts';
import { composeBlock, composeTransaction, touchedBy } from '../machine/compose-access.ts';
import type { Rpc } from '../rpc.ts';
import { readStateDiff } from './state-diff.ts';
import { VmTraceWalk } from './walk-vm-trace.ts';

const METHOD = 'trace_replayBlockTransactions';

/**
 * Reads blocks with `trace_replayBlockTransactions` (anvil, reth, Erigon, Nethermind): one question a block, one pass, and
 * one transaction in memory at a time. It sees everything.
 *
 * @example
 * ```ts
 * const source = createReplaySource(createHttpRpc({ url: 'http://127.0.0.1:8545' }))
 * const { transactions } = await source.readBlock(1n)
 * console.log(transactions.map(({ hash, reads, writes }) => [hash, reads.size, writes.size]))
 * ```
 */
export function createReplaySource(rpc: Rpc): AccessSource {
  return {
    name: METHOD,
    unseen: [],
    async readBlock(number, { signal, onProgress } = {}) {
      const block = await readBlockFrame(rpc, number, signal);
      const total = block.transactions.length;
      const transactions: TransactionAccess[] = [];
      if (total > 0) {
        for await (const replay of rpc.stream(
          METHOD,
          [toTag(number), ['trace', 'stateDiff', 'vmTrace']],
          signal,
        )) {
          const frame = block.transactions[transactions.length];
          if (!frame) throw inconsistent('More transactions were replayed than the block has.');
          transactions.push(readTransaction(frame, asFields(replay, 'a replayed transaction')));
          onProgress?.({ block: number, done: transactions.length, total });
        }
      }
      if (transactions.length !== total)
        throw inconsistent('Fewer transactions were replayed than the block has.');
      return composeBlock(block, transactions);
    },
  };
}

function readTransaction(frame: TransactionFrame, replay: Fields): TransactionAccess {
  if (asHash(replay.transactionHash, 'the hash of a replayed transaction') !== frame.hash) {
    throw inconsistent('Another transaction was replayed than the block has.', { transaction: frame.hash });
  }
  const walk = new VmTraceWalk(replay.trace);
  const ran = replay.vmTrace === null ? undefined : walk.run(frame, replay.vmTrace);
  if (ran === false && frame.succeeded)
    throw inconsistent('Its code failed, its receipt did not.', { transaction: frame.hash });
  // Code may end well and yet not be kept: a contract that is too long, or too dear.
  if (!frame.succeeded) walk.recorder.undo(0);
  if (walk.recorder.codes.size === 0 && walk.gasUsed > 0n && !isPrecompile(frame)) {
    throw inconsistent('Its code used gas but no instruction was traced.', { transaction: frame.hash });
  }
  return composeTransaction(frame, touchedBy(walk.recorder, readStateDiff(replay.stateDiff)));
}

function isPrecompile({ to }: TransactionFrame): boolean {
  return to !== null && BigInt(to) < 0x10000n;
}
