import { type Address, getContractAddress, type Hex } from 'viem';
import { ParallelError } from '../../errors.ts';
import type { Rpc } from '../rpc.ts';
import {
  asAddress,
  asBytes,
  asFields,
  asHash,
  asList,
  asNumber,
  asQuantity,
  type Fields,
  inconsistent,
} from './fields.ts';

/** What a block says of a transaction, before anything is known of what it touched. */
export type TransactionFrame = {
  hash: Hex;
  index: number;
  from: Address;
  to: Address | null;
  /** The contract that it created, if it did. */
  created: Address | null;
  selector: Hex;
  gas: number;
  gasLimit: number;
  succeeded: boolean;
  value: bigint;
  nonce: bigint;
  /** The transaction and its receipt as the server gave them. */
  raw: Fields;
  receipt: Fields;
};

export type BlockFrame = {
  number: bigint;
  hash: Hex;
  timestamp: bigint;
  coinbase: Address;
  transactions: readonly TransactionFrame[];
  raw: Fields;
};

/**
 * A block with its transactions and receipts, checked against each other.
 *
 * @throws {@link ParallelError} `BLOCK_NOT_FOUND`, `RPC_MALFORMED`, `TRACE_INCONSISTENT` or an error of the line.
 */
export async function readBlockFrame(rpc: Rpc, number: bigint, signal?: AbortSignal): Promise<BlockFrame> {
  const tag = toTag(number);
  const answer = await rpc.request('eth_getBlockByNumber', [tag, true], signal);
  if (answer === null) throw notFound(number);
  const raw = asFields(answer, 'the block');
  const hash = asHash(raw.hash, 'the hash of the block');
  if (asQuantity(raw.number, 'the number of the block') !== number) {
    throw inconsistent('It answered another block.', { asked: String(number) });
  }
  const transactions = asList(raw.transactions, 'the transactions of the block');
  const receipts = await readReceipts(rpc, tag, transactions, signal);
  return {
    number,
    hash,
    timestamp: asQuantity(raw.timestamp, 'the time of the block'),
    coinbase: asAddress(raw.miner, 'the coinbase of the block'),
    transactions: transactions.map((transaction, index) =>
      toFrame(asFields(transaction, 'a transaction'), asFields(receipts[index], 'a receipt'), index, hash),
    ),
    raw,
  };
}

export function toTag(number: bigint): Hex {
  return `0x${number.toString(16)}`;
}

async function readReceipts(
  rpc: Rpc,
  tag: Hex,
  transactions: readonly unknown[],
  signal: AbortSignal | undefined,
): Promise<readonly unknown[]> {
  if (transactions.length === 0) return [];
  const all = await rpc.request('eth_getBlockReceipts', [tag], signal).catch((error: unknown) => {
    if (error instanceof ParallelError && error.code === 'RPC_METHOD_MISSING') return undefined;
    throw error;
  });
  if (all !== undefined) {
    const list = asList(all, 'the receipts of the block');
    if (list.length === transactions.length) return list;
    throw inconsistent('There are more receipts than transactions, or fewer.');
  }
  const receipts: unknown[] = [];
  for (const transaction of transactions) {
    const hash = asHash(asFields(transaction, 'a transaction').hash, 'the hash of a transaction');
    receipts.push(await rpc.request('eth_getTransactionReceipt', [hash], signal));
  }
  return receipts;
}

function toFrame(raw: Fields, receipt: Fields, index: number, block: Hex): TransactionFrame {
  const hash = asHash(raw.hash, 'the hash of a transaction');
  const belongs =
    asHash(receipt.transactionHash, 'the hash of a receipt') === hash &&
    asHash(receipt.blockHash, 'the block of a receipt') === block &&
    asNumber(receipt.transactionIndex, 'the index of a receipt') === index &&
    asNumber(raw.transactionIndex, 'the index of a transaction') === index;
  if (!belongs) throw inconsistent('A receipt belongs to another transaction.', { transaction: hash });
  const gas = asNumber(receipt.gasUsed, 'the gas of a receipt');
  const gasLimit = asNumber(raw.gas, 'the gas limit of a transaction');
  if (gas > gasLimit)
    throw inconsistent('A transaction used more gas than its limit.', { transaction: hash });
  const from = asAddress(raw.from, 'the sender of a transaction');
  const nonce = asQuantity(raw.nonce, 'the nonce of a transaction');
  const to = isMissing(raw.to) ? null : asAddress(raw.to, 'the recipient of a transaction');
  return {
    hash,
    index,
    from,
    to,
    created: to === null ? createdBy(from, nonce, receipt.contractAddress) : null,
    selector: asBytes(raw.input, 'the input of a transaction').slice(0, 10) as Hex,
    gas,
    gasLimit,
    succeeded: receipt.status === undefined || asNumber(receipt.status, 'the status of a receipt') === 1,
    value: asQuantity(raw.value, 'the value of a transaction'),
    nonce,
    raw,
    receipt,
  };
}

function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** Where a creation puts its contract, told by the receipt or else by the rule. */
function createdBy(from: Address, nonce: bigint, told: unknown): Address {
  if (!isMissing(told)) return asAddress(told, 'the address of a new contract');
  return getContractAddress({ from, nonce }).toLowerCase() as Address;
}

function notFound(number: bigint): ParallelError {
  return new ParallelError(`The server has no block ${number}.`, {
    code: 'BLOCK_NOT_FOUND',
    fault: 'user',
    hint: 'Ask for a block that exists on this chain, and check that the URL is of this chain.',
    details: { block: String(number) },
  });
}
