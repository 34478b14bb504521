import type { TransactionAccess } from '../../access/block-access.ts';
import type { AccessSource } from '../access-source.ts';
import { asFields, asHash, type Fields, inconsistent } from '../answer/fields.ts';
import { readFrames, type TransactionFrame } from '../answer/read-block-frame.ts';
import { readBlockHead, type TransactionHead, toTag } from '../answer/read-block-head.ts';
import { composeBlock, composeTransaction, touchedBy } from '../machine/compose-access.ts';
import type { TouchRecorder } from '../machine/touch-recorder.ts';
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
      const head = await readBlockHead(rpc, number, signal);
      const framing = readFrames(rpc, head, signal);
      // Who waits for it last is told what went wrong; until then nobody may be surprised.
      framing.catch(() => {});
      const walks: Walked[] = [];
      const total = head.transactions.length;
      if (total > 0) {
        const kinds = ['trace', 'stateDiff', 'vmTrace'];
        for await (const replay of rpc.stream(METHOD, [toTag(number), kinds], signal)) {
          const transaction = head.transactions[walks.length];
          if (!transaction) throw inconsistent('More transactions were replayed than the block has.');
          walks.push(walkTransaction(transaction, asFields(replay, 'a replayed transaction')));
          onProgress?.({ block: number, done: walks.length, total });
        }
      }
      if (walks.length !== total) throw inconsistent('Fewer transactions were replayed than the block has.');
      const block = await framing;
      const transactions = walks.map((walked, index) => {
        return finishTransaction(block.transactions[index] as TransactionFrame, walked);
      });
      return composeBlock(block, transactions);
    },
  };
}

/** What was seen of a transaction before its receipt came: little, since all of a block is kept. */
type Walked = {
  recorder: TouchRecorder;
  gasUsed: bigint;
  ran: boolean | undefined;
  changes: ReturnType<typeof readStateDiff>;
};

function walkTransaction(transaction: TransactionHead, replay: Fields): Walked {
  if (asHash(replay.transactionHash, 'the hash of a replayed transaction') !== transaction.hash) {
    throw inconsistent('Another transaction was replayed than the block has.', {
      transaction: transaction.hash,
    });
  }
  const walk = new VmTraceWalk(replay.trace);
  const ran = replay.vmTrace === null ? undefined : walk.run(transaction, replay.vmTrace);
  const { recorder, gasUsed } = walk;
  return { recorder, gasUsed, ran, changes: readStateDiff(replay.stateDiff) };
}

function finishTransaction(
  frame: TransactionFrame,
  { recorder, gasUsed, ran, changes }: Walked,
): TransactionAccess {
  if (ran === false && frame.succeeded)
    throw inconsistent('Its code failed, its receipt did not.', { transaction: frame.hash });
  // Code may end well and yet not be kept: a contract that is too long, or too dear.
  if (!frame.succeeded) recorder.undo(0);
  if (recorder.codes.size === 0 && gasUsed > 0n && !isPrecompile(frame)) {
    throw inconsistent('Its code used gas but no instruction was traced.', { transaction: frame.hash });
  }
  return composeTransaction(frame, touchedBy(recorder, changes));
}

function isPrecompile({ to }: TransactionFrame): boolean {
  return to !== null && BigInt(to) < 0x10000n;
}
