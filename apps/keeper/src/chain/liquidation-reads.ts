import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { lensAbi } from '@millrace/protocol/contracts/lens';
import { ownStripe } from '@millrace/protocol/market';
import type { Address } from 'viem';
import type { Candidate } from '../plan/liquidation.ts';
import type { ChainClient } from './client.ts';
import type { Position } from './positions.ts';

/** A market at a block. */
export type At = { market: Address; block: bigint };

/** Every viable way to liquidate a position, one for each collateral it holds. */
export async function getCandidates(
  client: ChainClient,
  lens: Address,
  { market, block }: At,
  position: Position,
): Promise<Candidate[]> {
  const held = position.collaterals.flatMap(({ amount }, index) => (amount > 0n ? [index] : []));
  // Debt without any collateral left: closing it out names any collateral and seizes nothing.
  const indices = held.length > 0 ? held : [0];
  const views = await Promise.all(
    indices.map((index) =>
      client.readContract({
        address: lens,
        abi: lensAbi,
        functionName: 'previewLiquidation',
        args: [market, position.owner, BigInt(index)],
        blockNumber: block,
      }),
    ),
  );
  return views.flatMap((view, k) => {
    const index = indices[k];
    const named = index === undefined ? undefined : position.collaterals[index];
    if (index === undefined || named === undefined || !view.viable) return [];
    const seized = view.closeOut
      ? position.collaterals.filter(({ amount }) => amount > 0n)
      : [{ ...named, amount: view.seized }];
    const { closeOut, repay } = view;
    return [{ index, repay, seized, closeOut, named: { token: named.token, amount: view.seized } }];
  });
}

/** The tills that hold `amount` of `token`, that of the owner's stripe first. */
export async function getRoute(
  client: ChainClient,
  lens: Address,
  { market, block }: At,
  wanted: { token: Address; amount: bigint; owner: Address; stripes: number },
): Promise<bigint> {
  const preferred = BigInt(ownStripe(wanted.owner, wanted.stripes));
  const [route] = await client.readContract({
    address: lens,
    abi: lensAbi,
    functionName: 'findLiquidity',
    args: [market, wanted.token, wanted.amount, preferred],
    blockNumber: block,
  });
  return route;
}

/** A position as one text that does not change with time: scaled debt and collaterals. */
export async function getSnapshot(
  client: ChainClient,
  { market, block }: At,
  owner: Address,
): Promise<string> {
  const { debt, first, others } = await client.readContract({
    address: market,
    abi: iMarketAbi,
    functionName: 'positionOf',
    args: [owner],
    blockNumber: block,
  });
  return [debt, first, ...others].join('-').replace(/(-0)+$/, '');
}
