import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { lensAbi } from '@millrace/protocol/contracts/lens';
import type { Address } from 'viem';
import type { Books } from '../plan/checkpoint.ts';
import type { ChainClient } from './client.ts';
import type { Head } from './head.ts';

/** A market at one block. */
export type MarketView = {
  asset: Address;
  books: Books;
  stripes: number;
  /** Unix seconds; in the past when it is not paused. */
  pausedUntil: bigint;
  /** wad */
  utilisation: bigint;
  collaterals: readonly { token: Address; oracle: Address }[];
};

/** Reads a market at the block of `head`. */
export async function getMarketView(
  client: ChainClient,
  lens: Address,
  market: Address,
  head: Head,
): Promise<MarketView> {
  const view = await client.readContract({
    address: lens,
    abi: lensAbi,
    functionName: 'market',
    args: [market],
    blockNumber: head.number,
  });
  return {
    asset: view.asset,
    stripes: Number(view.parameters.stripes),
    pausedUntil: BigInt(view.terms.pausedUntil),
    utilisation: view.utilisation,
    collaterals: view.collaterals,
    books: {
      now: head.now,
      settledAt: BigInt(view.accrual.settledAt),
      minEpoch: view.parameters.minEpoch,
      shares: view.totals.shares,
      price: view.accrual.price,
      owed: view.owed,
      cash: view.totals.cash,
      reserve: view.terms.reserve,
      feeBps: view.parameters.feeBps,
      rewardBps: view.parameters.rewardBps,
    },
  };
}

/** What is fixed when a market is created. */
export type MarketFacts = { asset: Address; decimals: number; symbol: string };

export async function getMarketFacts(client: ChainClient, market: Address): Promise<MarketFacts> {
  const asset = await client.readContract({ address: market, abi: iMarketAbi, functionName: 'asset' });
  const [decimals, symbol] = await Promise.all([
    client.readContract({ address: asset, abi: iMarketAbi, functionName: 'decimals' }),
    client.readContract({ address: asset, abi: iMarketAbi, functionName: 'symbol' }),
  ]);
  return { asset, decimals, symbol };
}
