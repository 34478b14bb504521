import type { Address } from 'viem';
import { ParallelError } from '../../errors.ts';
import type { Rpc } from '../rpc.ts';
import { asAddress, asFields, asHash, asList, asNumber, type Fields, inconsistent } from './fields.ts';
import { type BlockHead, isMissing, readBlockHead, type TransactionHead, toTag } from './read-block-head.ts';

/** What a block says of a transaction, before anything is known of what it touched. */
export type TransactionFrame = TransactionHead & {
  gas: number;
  succeeded: boolean;
  /** As the server gave it. */
  receipt: Fields;
};

export type BlockFrame = Omit<BlockHead, 'transactions'> & { transactions: readonly TransactionFrame[] };

/**
 * A block with its transactions and receipts, checked against each other.
 *
 * @throws {@link ParallelError} `BLOCK_NOT_FOUND`, `RPC_MALFORMED`, `TRACE_INCONSISTENT` or an error of the line.
 */
export async function readBlockFrame(rpc: Rpc, number: bigint, signal?: AbortSignal): Promise<BlockFrame> {
  return readFrames(rpc, await readBlockHead(rpc, number, signal), signal);
}

/** Adds how the transactions ran, for whoever has something else to do meanwhile: receipts of a long block take seconds. */
export async function readFrames(rpc: Rpc, block: BlockHead, signal?: AbortSignal): Promise<BlockFrame> {
  const receipts = await readReceipts(rpc, block, signal);
  const transactions = block.transactions.map((head, index) =>
    toFrame(head, asFields(receipts[index], 'a receipt'), block),
  );
  const sum = transactions.reduce((total, { gas }) => total + gas, 0);
  if (sum !== asNumber(block.raw.gasUsed, 'the gas of the block')) {
    throw inconsistent('The receipts do not add up to the gas of the block.');
  }
  return { ...block, transactions };
}

async function readReceipts(
  rpc: Rpc,
  { number, transactions }: BlockHead,
  signal: AbortSignal | undefined,
): Promise<readonly unknown[]> {
  if (transactions.length === 0) return [];
  const all = await rpc.request('eth_getBlockReceipts', [toTag(number)], signal).catch((error: unknown) => {
    if (error instanceof ParallelError && error.code === 'RPC_METHOD_MISSING') return undefined;
    throw error;
  });
  if (all !== undefined) {
    const list = asList(all, 'the receipts of the block');
    if (list.length === transactions.length) return list;
    throw inconsistent('There are more receipts than transactions, or fewer.');
  }
  const receipts: unknown[] = [];
  for (const { hash } of transactions) {
    receipts.push(await rpc.request('eth_getTransactionReceipt', [hash], signal));
  }
  return receipts;
}

function toFrame(head: TransactionHead, receipt: Fields, block: BlockHead): TransactionFrame {
  const { hash, index, gasLimit } = head;
  const belongs =
    asHash(receipt.transactionHash, 'the hash of a receipt') === hash &&
    addressOf(receipt.from) === head.from &&
    addressOf(receipt.to) === head.to &&
    asHash(receipt.blockHash, 'the block of a receipt') === block.hash &&
    asNumber(receipt.transactionIndex, 'the index of a receipt') === index;
  if (!belongs) throw inconsistent('A receipt belongs to another transaction.', { transaction: hash });
  const gas = asNumber(receipt.gasUsed, 'the gas of a receipt');
  if (gas > gasLimit)
    throw inconsistent('A transaction used more gas than its limit.', { transaction: hash });
  return {
    ...head,
    created: head.to === null ? createdBy(head, receipt.contractAddress) : null,
    gas,
    succeeded: receipt.status === undefined || asNumber(receipt.status, 'the status of a receipt') === 1,
    receipt,
  };
}

function addressOf(value: unknown): Address | null {
  return isMissing(value) ? null : asAddress(value, 'an address of a receipt');
}

/** Where a creation puts its contract, told by the receipt or else by the rule. */
function createdBy({ created }: TransactionHead, told: unknown): Address | null {
  return isMissing(told) ? created : asAddress(told, 'the address of a new contract');
}
