import {
  getBorrowers,
  getPositions,
  type Market,
  type Position,
  type QuoteLiquidationReturnType,
  quoteLiquidation,
} from '@millrace/sdk';
import type { Address } from 'viem';
import type { OpenMarket } from '../chain/open-market.ts';
import { byHealth } from './by-health.ts';

/** The best way to liquidate a position now. Amounts in base units of the asset; `index` is the collateral to take. */
export type Opportunity = QuoteLiquidationReturnType & { index: number };

/**
 * Which collateral earns a liquidator most.
 *
 * @param maxRepay the most to pay, base units of the asset
 * @returns `undefined` when the position is not due, or nothing of it may be seized for that much
 */
export function bestOpportunity(
  market: Market,
  position: Position,
  maxRepay?: bigint,
): Opportunity | undefined {
  const all = market.collaterals.map(({ index }) => ({
    index,
    ...quoteLiquidation({ market, position, index, maxRepay }),
  }));
  const viable = all.filter(({ isLiquidatable, isViable }) => isLiquidatable && isViable);
  return viable.reduce<Opportunity | undefined>(
    (best, each) => (best && best.cost >= each.cost ? best : each),
    undefined,
  );
}

/** Everybody who owes something to a market, the least healthy first. */
export async function readDebtors(
  { client, deployment, market }: OpenMarket,
  borrowers: readonly Address[],
): Promise<Position[]> {
  const { blockNumber } = market;
  const positions = await getPositions(client, {
    market,
    lens: deployment.lens,
    owners: borrowers,
    blockNumber,
  });
  return positions.filter(({ debt }) => debt > 0n).sort(byHealth);
}

/** Everybody who has borrowed from a market since `fromBlock`. */
export async function findBorrowers(
  opened: OpenMarket,
  fromBlock: bigint,
  signal: AbortSignal,
): Promise<Address[]> {
  const { client, market } = opened;
  const range = { market: market.address, fromBlock, toBlock: market.blockNumber, signal };
  return (await getBorrowers(client, range)).borrowers;
}

/** Where the logs of a market begin, as far as the deployment knows. */
export function firstBlockOf({ deployment, market }: OpenMarket): bigint {
  const known = deployment.markets.find(
    ({ address }) => address.toLowerCase() === market.address.toLowerCase(),
  );
  return known?.createdAtBlock ?? deployment.deployedAtBlock;
}
