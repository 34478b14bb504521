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

/** What a block says of a transaction before it ran. */
export type TransactionHead = {
  hash: Hex;
  index: number;
  from: Address;
  to: Address | null;
  /** Where the contract would be that it creates, if it creates one. */
  created: Address | null;
  selector: Hex;
  gasLimit: number;
  value: bigint;
  nonce: bigint;
  /** As the server gave it. */
  raw: Fields;
};

export type BlockHead = {
  number: bigint;
  hash: Hex;
  timestamp: bigint;
  coinbase: Address;
  transactions: readonly TransactionHead[];
  raw: Fields;
};

/**
 * A block with its transactions, before anything is known of how they ran.
 *
 * @throws {@link ParallelError} `BLOCK_NOT_FOUND`, `RPC_MALFORMED`, `TRACE_INCONSISTENT` or an error of the line.
 */
export async function readBlockHead(rpc: Rpc, number: bigint, signal?: AbortSignal): Promise<BlockHead> {
  const answer = await rpc.request('eth_getBlockByNumber', [toTag(number), true], signal);
  if (answer === null) throw notFound(number);
  const raw = asFields(answer, 'the block');
  const hash = asHash(raw.hash, 'the hash of the block');
  if (asQuantity(raw.number, 'the number of the block') !== number) {
    throw inconsistent('It answered another block.', { asked: String(number) });
  }
  const transactions = asList(raw.transactions, 'the transactions of the block');
  if (transactions.length === 0 && asNumber(raw.gasUsed, 'the gas of the block') > 0) {
    throw inconsistent('A block without transactions used gas.');
  }
  return {
    number,
    hash,
    timestamp: asQuantity(raw.timestamp, 'the time of the block'),
    coinbase: asAddress(raw.miner, 'the coinbase of the block'),
    transactions: transactions.map((transaction, index) =>
      toHead(asFields(transaction, 'a transaction'), index),
    ),
    raw,
  };
}

export function toTag(number: bigint): Hex {
  return `0x${number.toString(16)}`;
}

function toHead(raw: Fields, index: number): TransactionHead {
  const hash = asHash(raw.hash, 'the hash of a transaction');
  if (asNumber(raw.transactionIndex, 'the index of a transaction') !== index) {
    throw inconsistent('The transactions of the block are not in order.', { transaction: hash });
  }
  const from = asAddress(raw.from, 'the sender of a transaction');
  const nonce = asQuantity(raw.nonce, 'the nonce of a transaction');
  const to = raw.to === null ? null : asAddress(raw.to, 'the recipient of a transaction');
  return {
    hash,
    index,
    from,
    to,
    created: to === null ? (getContractAddress({ from, nonce }).toLowerCase() as Address) : null,
    selector: asBytes(raw.input, 'the input of a transaction').slice(0, 10) as Hex,
    gasLimit: asNumber(raw.gas, 'the gas limit of a transaction'),
    value: asQuantity(raw.value, 'the value of a transaction'),
    nonce,
    raw,
  };
}

export function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function notFound(number: bigint): ParallelError {
  return new ParallelError(`The server has no block ${number}.`, {
    code: 'BLOCK_NOT_FOUND',
    fault: 'user',
    hint: 'Ask for a block that exists on this chain, and check that the URL is of this chain.',
    details: { block: String(number) },
  });
}
