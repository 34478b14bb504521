import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { type Address, type GetLogsReturnType, getAbiItem, type Hash } from 'viem';
import type { ChainClient } from './client.ts';

const EVENTS = [
  getAbiItem({ abi: iMarketAbi, name: 'Borrowed' }),
  getAbiItem({ abi: iMarketAbi, name: 'Repaid' }),
  getAbiItem({ abi: iMarketAbi, name: 'CollateralSupplied' }),
  getAbiItem({ abi: iMarketAbi, name: 'CollateralWithdrawn' }),
  getAbiItem({ abi: iMarketAbi, name: 'Liquidated' }),
  getAbiItem({ abi: iMarketAbi, name: 'BadDebtRealised' }),
] as const;

/** A loss, as its event says. Base units of the asset. */
export type Loss = {
  owner: Address;
  loss: bigint;
  fromReserve: bigint;
  fromCover: bigint;
  fromLenders: bigint;
  block: bigint;
  transaction: Hash;
};

/** What happened in some blocks of a market: who borrowed, in which block each position last changed, what was lost. */
export type MarketEvents = { borrowed: Set<Address>; touched: Map<Address, bigint>; losses: Loss[] };

/** Reads the events of blocks `from` to `to`, both included. */
export async function getMarketEvents(
  client: ChainClient,
  market: Address,
  from: bigint,
  to: bigint,
): Promise<MarketEvents> {
  const logs = await client.getLogs({
    address: market,
    events: EVENTS,
    fromBlock: from,
    toBlock: to,
    strict: true,
  });
  const found: MarketEvents = { borrowed: new Set(), touched: new Map(), losses: [] };
  for (const log of logs) {
    found.touched.set(log.args.owner, log.blockNumber);
    if (log.eventName === 'Borrowed') found.borrowed.add(log.args.owner);
    if (log.eventName === 'BadDebtRealised') found.losses.push(toLoss(log));
  }
  return found;
}

type Log = GetLogsReturnType<undefined, typeof EVENTS, true>[number];

function toLoss(log: Extract<Log, { eventName: 'BadDebtRealised' }>): Loss {
  const { owner, loss, fromReserve, fromCover, fromLenders } = log.args;
  return {
    owner,
    loss,
    fromReserve,
    fromCover,
    fromLenders,
    block: log.blockNumber,
    transaction: log.transactionHash,
  };
}
