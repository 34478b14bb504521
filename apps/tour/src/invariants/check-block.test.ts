import type { DeployedMarket } from '@millrace/devnet';
import { RAY } from '@millrace/protocol';
import type { Address } from 'viem';
import { describe, expect, it } from 'vitest';
import type { MarketEvent } from '../watch/market-events.ts';
import type { MarketSnapshot, Snapshot } from '../watch/snapshot.ts';
import { CHECKS, checkBlock } from './check-block.ts';

const LENDER: Address = '0x0000000000000000000000000000000000000001';
const BORROWER: Address = '0x0000000000000000000000000000000000000002';
const HOUR = 3_600n;
const ASK = 2_000n * 10n ** 24n;

const MARKET = {
  name: 'test',
  stripes: 2,
  collaterals: [{ token: { symbol: 'WETH' }, liquidationLtvBps: 8_000, cap: 20n * 10n ** 18n }],
} as unknown as DeployedMarket;

/** A market with one lender of 1,000 and one borrower of 600 against one ether. */
function sound(): MarketSnapshot {
  return {
    accrual: { price: RAY, index: RAY, settledAt: 0n },
    terms: { rate: 1_000_000_000n, reserve: 0n, rateSetAt: 0n, pausedUntil: 0n },
    totals: { shares: 1_000_000_000n, debt: 600_000_000n, cash: 400_000_000n },
    tills: [400_000_000n, 0n],
    collateralTills: [[10n ** 18n, 0n]],
    quotes: [{ bid: ASK, ask: ASK }],
    shares: new Map([[LENDER, 1_000_000_000n]]),
    positions: new Map([[BORROWER, { debt: 600_000_000n, collaterals: [10n ** 18n] }]]),
  };
}

function event(eventName: string, args: object): MarketEvent {
  return { eventName, args } as unknown as MarketEvent;
}

const LIQUIDATED = event('Liquidated', { owner: BORROWER, liquidator: LENDER, repaid: 1n });
const CHECKPOINTED = event('Checkpointed', { reserve: 0n, payee: LENDER });

function at(time: bigint, market: MarketSnapshot): Snapshot {
  return { block: Number(time), time, markets: [market] };
}

function faults(
  after: Partial<MarketSnapshot>,
  events: MarketEvent[] = [],
  before: Partial<MarketSnapshot> = {},
) {
  const [was, is] = [at(0n, { ...sound(), ...before }), at(HOUR, { ...sound(), ...after })];
  return checkBlock([MARKET], was, is, [events]).map(({ id, says }) => `${id} ${says}`);
}

const base = sound();

describe('checkBlock', () => {
  it('finds nothing in an hour in which nothing happens', () => {
    expect(faults({})).toEqual([]);
  });

  /** What is done to a sound market, the events that go with it, and the one thing that has to be noticed. */
  const broken: [string, Partial<MarketSnapshot>, MarketEvent[], string][] = [
    ['a reserve out of nothing', { terms: { ...base.terms, reserve: 10n ** 9n } }, [], 'covers what lenders'],
    ['cash that is gone', { totals: { ...base.totals, cash: 300_000_000n } }, [], 'the surplus never falls'],
    ['a share too many', { totals: { ...base.totals, shares: 1_000_000_001n } }, [], 'people have: shares'],
    ['a debt too many', { totals: { ...base.totals, debt: 600_000_001n } }, [], 'people have: debt'],
    ['an empty till', { tills: [0n, 0n] }, [], 'at least the cash'],
    ['collateral that is gone', { collateralTills: [[0n, 0n]] }, [], 'the collateral of all positions'],
    ['an index that falls', { accrual: { ...base.accrual, index: RAY - 1n } }, [], 'index never falls'],
    [
      'a price that falls',
      { accrual: { ...base.accrual, price: RAY - 1n } },
      [],
      'where lenders bear bad debt',
    ],
    ['a price above the ceiling', { accrual: { ...base.accrual, price: 2n * RAY } }, [], 'above the ceiling'],
    [
      'bad debt that nobody bears',
      {},
      [
        event('BadDebtRealised', {
          owner: BORROWER,
          loss: 5n,
          fromReserve: 1n,
          fromCover: 1n,
          fromLenders: 1n,
          fromDonations: 1n,
        }),
      ],
      'borne whole',
    ],
    ['a reserve that grows by itself', { terms: { ...base.terms, reserve: 1n } }, [], 'The reserve grows'],
    ['shares taken from a bystander', { shares: new Map([[LENDER, 999_999_999n]]) }, [], 'loses shares'],
    [
      'a debt put on a bystander',
      { positions: new Map([[BORROWER, { debt: 600_000_001n, collaterals: [10n ** 18n] }]]) },
      [],
      'owes more or loses collateral',
    ],
    [
      'collateral taken from a bystander',
      { positions: new Map([[BORROWER, { debt: 600_000_000n, collaterals: [1n] }]]) },
      [],
      'owes more or loses collateral',
    ],
    [
      'a liquidation that takes too much',
      { positions: new Map([[BORROWER, { debt: 599_000_000n, collaterals: [10n ** 17n] }]]) },
      [LIQUIDATED],
      'A liquidation raises health',
    ],
    [
      'a till above its part of the cap',
      { collateralTills: [[11n * 10n ** 18n, 0n]] },
      [],
      'part of the cap',
    ],
    [
      'a rate that jumps',
      { terms: { ...base.terms, rate: 10n ** 11n } },
      [CHECKPOINTED],
      'no faster than its slew',
    ],
    [
      'a rate that moves by itself',
      { terms: { ...base.terms, rate: 1_000_000_001n } },
      [],
      'at a checkpoint only',
    ],
  ];

  it.each(broken)('sees %s', (_what, after, events, says) => {
    expect(faults(after, events).join('\n')).toContain(says);
  });

  it('has an example for every check', () => {
    const covered = CHECKS.filter(({ says }) => broken.some(([, , , part]) => says.includes(part)));
    expect(covered.map(({ says }) => says)).toEqual(CHECKS.map(({ says }) => says));
  });

  it('lets prices fall where lenders bear bad debt', () => {
    const borne = {
      owner: BORROWER,
      loss: 1n,
      fromReserve: 0n,
      fromCover: 0n,
      fromLenders: 1n,
      fromDonations: 0n,
    };
    const after = { accrual: { ...base.accrual, price: RAY - RAY / 1_000_000_000n } };
    expect(faults(after, [event('BadDebtRealised', borne)])).toEqual([]);
  });
});
