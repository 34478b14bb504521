import type { Hash } from 'viem';
import type { ChainClient } from './client.ts';

/** The newest block. `now` in unix seconds, `baseFee` in wei. */
export type Head = { number: bigint; hash: Hash; now: bigint; baseFee: bigint };

export async function getHead(client: ChainClient): Promise<Head> {
  const block = await client.getBlock({ blockTag: 'latest' });
  return {
    number: block.number,
    hash: block.hash,
    now: block.timestamp,
    baseFee: block.baseFeePerGas ?? 0n,
  };
}

/** Hash of a block of the present chain; `undefined` when there is none of that number. */
export async function getBlockHash(client: ChainClient, number: bigint): Promise<Hash | undefined> {
  try {
    return (await client.getBlock({ blockNumber: number })).hash;
  } catch (error) {
    if (error instanceof Error && error.name === 'BlockNotFoundError') return undefined;
    throw error;
  }
}
