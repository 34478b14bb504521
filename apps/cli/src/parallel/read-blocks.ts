import { type BlockAccess, ParallelError } from '@millrace/parallel';
import type { Session } from '../session.ts';
import type { BlockSelection } from './block-selection.ts';
import type { TracedChain } from './open-chain.ts';
import { createProgress } from './progress.ts';

/**
 * What the transactions of the chosen blocks touched, a block at a time. Transactions that were named by hash come as one
 * block with nobody else in it.
 *
 * @throws {@link ParallelError} `INTERRUPTED` on Ctrl-C, `TRANSACTION_NOT_FOUND`, and what the source throws
 */
export async function* readBlocks(
  session: Session,
  chain: TracedChain,
  selection: BlockSelection,
): AsyncGenerator<BlockAccess> {
  if (selection.kind === 'transactions') {
    yield await readTransactions(session, chain, selection.hashes);
    return;
  }
  const { from, to } = await rangeOf(chain, selection, session.signal);
  const progress = createProgress(session.terminal, Number(to - from) + 1);
  for (let number = from; number <= to; number++) {
    yield await chain.source.readBlock(number, {
      signal: session.signal,
      onProgress: (each) => progress(Number(number - from), each),
    });
  }
}

async function rangeOf(
  { rpc }: TracedChain,
  selection: Exclude<BlockSelection, { kind: 'transactions' }>,
  signal: AbortSignal,
): Promise<{ from: bigint; to: bigint }> {
  if (selection.kind === 'range') return selection;
  const head = BigInt((await rpc.request('eth_blockNumber', [], signal)) as string);
  const first = head - BigInt(selection.count) + 1n;
  return { from: first > 0n ? first : 0n, to: head };
}

async function readTransactions(
  session: Session,
  { rpc, source }: TracedChain,
  hashes: readonly string[],
): Promise<BlockAccess> {
  const numbers = new Set<bigint>();
  for (const hash of hashes) {
    const found = (await rpc.request('eth_getTransactionByHash', [hash], session.signal)) as {
      blockNumber?: string;
    } | null;
    if (!found?.blockNumber) {
      throw new ParallelError(`No block holds the transaction ${hash}.`, {
        code: 'TRANSACTION_NOT_FOUND',
        fault: 'user',
        hint: 'It may be waiting still, or be on another chain: check --rpc.',
      });
    }
    numbers.add(BigInt(found.blockNumber));
  }
  const chosen: BlockAccess[] = [];
  for (const number of [...numbers].sort((a, b) => (a < b ? -1 : 1))) {
    chosen.push(await source.readBlock(number, { signal: session.signal }));
  }
  const transactions = chosen
    .flatMap((block) => block.transactions)
    .filter(({ hash }) => hashes.includes(hash.toLowerCase()))
    .map((transaction, index) => ({ ...transaction, index }));
  return { ...(chosen.at(-1) as BlockAccess), transactions };
}
