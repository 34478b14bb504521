import { lensAbi } from '@millrace/protocol/contracts/lens';
import { type Address, zeroAddress } from 'viem';
import type { ChainClient } from './client.ts';

/** A borrower at one block. Health is wad, at the ask; amounts are base units; bid and ask scaled by 1e36. */
export type Position = {
  owner: Address;
  debt: bigint;
  health: bigint;
  collaterals: readonly { token: Address; amount: bigint; bid: bigint; ask: bigint }[];
};

/** Reads positions of `owners` at `block`, so many in one call. */
export async function getPositions(
  client: ChainClient,
  lens: Address,
  market: Address,
  owners: readonly Address[],
  block: bigint,
  perCall: number,
): Promise<Position[]> {
  const positions: Position[] = [];
  for (let start = 0; start < owners.length; start += perCall) {
    const chunk = owners.slice(start, start + perCall);
    const views = await client.readContract({
      address: lens,
      abi: lensAbi,
      functionName: 'positions',
      args: [market, chunk],
      blockNumber: block,
    });
    for (const [k, view] of views.entries()) {
      const owner = chunk[k];
      if (owner !== undefined) positions.push({ owner, ...view });
    }
  }
  return positions;
}

/** Bid and ask of every collateral at `block`; 0 where there is none. */
export async function getQuotes(
  client: ChainClient,
  lens: Address,
  market: Address,
  block: bigint,
): Promise<Position['collaterals']> {
  const [nobody] = await getPositions(client, lens, market, [zeroAddress], block, 1);
  return nobody?.collaterals ?? [];
}
