import type { Hash } from 'viem';
import type { ChainClient } from './client.ts';

/** The newest block. `now` in unix seconds, `baseFee` in wei. */
export type Head = { number: bigint; hash: Hash; now: bigint; baseFee: bigint };

/** The newest block, and whether the one seen before it is still part of the chain (`doubtful`: it is not, or nobody looked). */
export type HeadStep = Head & { doubtful: boolean };

/** The newest block after `previous`. */
export async function getHead(client: ChainClient, previous: Head | undefined): Promise<HeadStep> {
  const block = await client.getBlock({ blockTag: 'latest' });
  const head = {
    number: block.number,
    hash: block.hash,
    now: block.timestamp,
    baseFee: block.baseFeePerGas ?? 0n,
  };
  if (previous === undefined) return { ...head, doubtful: true };
  if (previous.hash === head.hash || previous.hash === block.parentHash) return { ...head, doubtful: false };
  return { ...head, doubtful: (await getBlockHash(client, previous.number)) !== previous.hash };
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
