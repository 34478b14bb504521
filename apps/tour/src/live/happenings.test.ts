import type { DeployedMarket } from '@millrace/devnet';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { type Address, encodeAbiParameters, encodeEventTopics, type Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { GUESTS } from '../people/accounts.ts';
import type { Moment } from '../replay/run-replay.ts';
import { eventsOf, type MarketEvent } from '../watch/market-events.ts';
import { toHappenings } from './happenings.ts';

const STRANGER: Address = '0x00000000000000000000000000000000000000AA';
const WETH = { symbol: 'WETH', decimals: 18 };
const MARKET = { address: STRANGER, collaterals: [{ token: WETH }] } as unknown as DeployedMarket;
const TWO_NUMBERS = [{ type: 'uint256' }, { type: 'uint256' }] as const;

/** A log as the market writes it, read back as the tour does. */
function said(topics: readonly unknown[], data: Hex): MarketEvent[] {
  const receipts = [{ logs: [{ address: MARKET.address, topics, data }] }] as never;
  return eventsOf({ number: 1, time: 1n, receipts }, [MARKET])[0] ?? [];
}

function supplied(owner: Address) {
  const topics = encodeEventTopics({ abi: iMarketAbi, eventName: 'CollateralSupplied', args: { owner } });
  return said(topics, encodeAbiParameters(TWO_NUMBERS, [0n, 10n ** 19n]));
}

function lent(owner: Address) {
  const args = { owner, sender: owner };
  const topics = encodeEventTopics({ abi: iMarketAbi, eventName: 'Deposit', args });
  return said(topics, encodeAbiParameters(TWO_NUMBERS, [1_000_000_000n, 1n]));
}

function told(events: readonly MarketEvent[]): string[] {
  const moment = { snapshot: { time: 1n }, events: [events], acts: [] } as unknown as Moment;
  return toHappenings(moment, [MARKET]).map(({ text }) => text);
}

describe('what guests do', () => {
  const [alice = { name: '', address: STRANGER }, bob = alice] = GUESTS;

  it('is told by their name', () => {
    expect(told(lent(alice.address))).toEqual(['alice lends $1,000.00']);
    expect(told(supplied(bob.address))).toEqual(['bob adds 10 WETH']);
  });

  it('is not told of the others, whose acts are known before', () => {
    expect(told(lent(STRANGER))).toEqual([]);
  });
});
