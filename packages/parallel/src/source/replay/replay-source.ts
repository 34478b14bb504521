import type { TransactionAccess } from '../../access/block-access.ts';
import type { AccessSource } from '../access-source.ts';
import { asFields, asHash, asNumber, type Fields, inconsistent } from '../answer/fields.ts';
import { readFrames } from '../answer/read-block-frame.ts';
import { type BlockHead, readBlockHead, type TransactionHead, toTag } from '../answer/read-block-head.ts';
import { isPrecompile } from '../machine/apply-instruction.ts';
import { type Changes, composeBlock, composeTransaction, touchedBy } from '../machine/compose-access.ts';
import type { TouchRecorder } from '../machine/touch-recorder.ts';
import type { Rpc } from '../rpc.ts';
import { addDelegations } from '../state/delegations.ts';
import { type CallNode, readCallTree } from './call-tree.ts';
import { gasWithoutRefund } from './intrinsic-gas.ts';
import { readStateDiff } from './state-diff.ts';
import { VmTraceWalk } from './walk-vm-trace.ts';

const METHOD = 'trace_replayBlockTransactions';

/**
 * Reads blocks with `trace_replayBlockTransactions` (anvil, reth, Erigon, Nethermind): one question a block, one pass, and
 * one transaction in memory at a time.
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
      const changes = walks.map((walked) => walked.changes);
      const delegated = await addDelegations(rpc, head, changes, signal);
      const endings = endingsByTrace(head, walks) ?? (await readFrames(rpc, head, signal)).transactions;
      const transactions = walks.map((walked, i) => {
        return finishTransaction({ ...walked, changes: delegated[i] ?? walked.changes }, endings[i]);
      });
      return composeBlock(head, transactions);
    },
  };
}

/** What was seen of a transaction, before it is known what it cost: little, since all of a block is kept. */
type Walked = { head: TransactionHead; call: CallNode; recorder: TouchRecorder; changes: Changes };

type Ending = { gas: number; succeeded: boolean };

function walkTransaction(head: TransactionHead, replay: Fields): Walked {
  const details = { transaction: head.hash };
  if (asHash(replay.transactionHash, 'the hash of a replayed transaction') !== head.hash) {
    throw inconsistent('Another transaction was replayed than the block has.', details);
  }
  const call = readCallTree(replay.trace);
  if (call.target !== (head.to ?? undefined)) throw inconsistent('The trace is of another call.', details);
  const walk = new VmTraceWalk(call);
  const { recorder } = walk;
  const ran = replay.vmTrace === null || walk.run(head, replay.vmTrace);
  if (!ran && !call.failed) throw inconsistent('It failed in vmTrace and not in trace.', details);
  // Code may end well and yet not be kept: a contract that is too long, or too dear.
  if (call.failed) recorder.undo(0);
  if (recorder.codes.size === 0 && (call.gasUsed ?? 0) > 0 && !isPrecompile(head.to)) {
    throw inconsistent('Its code used gas but no instruction was traced.', details);
  }
  return { head, call, recorder, changes: readStateDiff(replay.stateDiff) };
}

/**
 * How the transactions ended, when it follows from the trace, since receipts take anvil longer than the trace. Refunds are
 * not in a trace, and can only make a transaction cheaper: when the sum is the gas of the block, every part is right.
 */
function endingsByTrace(block: BlockHead, walks: readonly Walked[]): Ending[] | undefined {
  const endings = walks.map(({ head, call: { failed, gasUsed } }) => ({
    gas: gasUsed === undefined ? Number.NaN : gasWithoutRefund(head, gasUsed),
    succeeded: !failed,
  }));
  const sum = endings.reduce((total, { gas }) => total + gas, 0);
  return sum === asNumber(block.raw.gasUsed, 'the gas of the block') ? endings : undefined;
}

function finishTransaction(
  { head, call, recorder, changes }: Walked,
  ending: Ending | undefined,
): TransactionAccess {
  if (!ending || ending.succeeded === call.failed) {
    throw inconsistent('The trace and the receipt differ on whether it failed.', { transaction: head.hash });
  }
  return composeTransaction({ ...head, gas: ending.gas }, touchedBy(recorder, changes));
}
