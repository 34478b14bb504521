import type { DeployedMarket } from '@millrace/devnet';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { iOracleAbi } from '@millrace/protocol/contracts/i-oracle';
import { lensAbi } from '@millrace/protocol/contracts/lens';
import { type Address, encodeFunctionData, type Hex, numberToHex } from 'viem';
import type { RpcCall } from '../chain/rpc.ts';
import type { Scene } from '../scene/scene.ts';
import type { MarketSnapshot, Snapshot } from './snapshot.ts';
import { listOf, partsOf, signedWordAt, wordAt } from './words.ts';

/** Views of a market that are read in one call, before those of its people. */
const VIEWS = (['accrual', 'terms', 'totals'] as const).map((functionName) =>
  encodeFunctionData({ abi: iMarketAbi, functionName }),
);
const READ_GAS = numberToHex(1_000_000_000);
const QUOTE = encodeFunctionData({ abi: iOracleAbi, functionName: 'quote' });

/** Reads all markets at one block. */
export type SnapshotReader = (
  block: { number: number; time: bigint },
  /** Of each market, everybody who ever had to do with it. */
  owners: readonly ReadonlySet<Address>[],
) => Promise<Snapshot>;

/** One round trip for each block; what is asked is written down again only when there is somebody new. */
export function createSnapshotReader({ chain, markets, deployment }: Scene): SnapshotReader {
  const plans: Plan[] = [];
  return async ({ number, time }, owners) => {
    for (const [k, market] of markets.entries()) {
      const people = owners[k] ?? new Set();
      if (plans[k]?.owners.length !== people.size) plans[k] = planReads(market, deployment.lens, [...people]);
    }
    const tag = numberToHex(number);
    const calls = plans.flatMap(({ reads }) =>
      reads.map((call): RpcCall => ['eth_call', [{ ...call, gas: READ_GAS }, tag]]),
    );
    const answers = (await chain.rpc.batch(calls)) as Hex[];
    const views = plans.map((plan) => toSnapshot(plan, answers.splice(0, plan.reads.length)));
    return { block: number, time, markets: views };
  };
}

type Plan = { market: DeployedMarket; owners: Address[]; reads: { to: Address; data: Hex }[] };

/** The market's own views and people, then its tills token by token, then its oracles. */
function planReads(market: DeployedMarket, lens: Address, owners: Address[]): Plan {
  const people = owners.flatMap((owner) => [
    encodeFunctionData({ abi: iMarketAbi, functionName: 'balanceOf', args: [owner] }),
    encodeFunctionData({ abi: iMarketAbi, functionName: 'positionOf', args: [owner] }),
  ]);
  const args = [[...VIEWS, ...people]] as const;
  const books = encodeFunctionData({ abi: iMarketAbi, functionName: 'multicall', args });
  const tills = [market.asset, ...market.collaterals.map(({ token }) => token)].map(({ address }) => ({
    to: lens,
    data: encodeFunctionData({ abi: lensAbi, functionName: 'tillBalances', args: [market.address, address] }),
  }));
  const quotes = market.collaterals.map(({ oracle }) => ({ to: oracle.address, data: QUOTE }));
  return { market, owners, reads: [{ to: market.address, data: books }, ...tills, ...quotes] };
}

function toSnapshot({ market, owners }: Plan, answers: Hex[]): MarketSnapshot {
  const [books = '0x', tills = '0x', ...rest] = answers;
  const kinds = market.collaterals.length;
  const [accrual = '0x', terms = '0x', totals = '0x', ...people] = partsOf(books);
  return {
    accrual: { price: wordAt(accrual, 0), index: wordAt(accrual, 1), settledAt: wordAt(accrual, 2) },
    terms: {
      rate: wordAt(terms, 0),
      reserve: wordAt(terms, 1),
      rateSetAt: wordAt(terms, 2),
      pausedUntil: wordAt(terms, 3),
    },
    totals: { shares: wordAt(totals, 0), debt: wordAt(totals, 1), cash: signedWordAt(totals, 2) },
    tills: listOf(tills),
    collateralTills: rest.slice(0, kinds).map(listOf),
    quotes: rest.slice(kinds).map((quote) => ({ bid: wordAt(quote, 0), ask: wordAt(quote, 1) })),
    shares: new Map(owners.map((owner, k) => [owner, wordAt(people[2 * k] ?? '0x', 0)])),
    positions: new Map(owners.map((owner, k) => [owner, toPosition(people[2 * k + 1] ?? '0x', kinds)])),
  };
}

/** `Position` is debt, a bitmap of kinds, the first collateral, then the others. */
function toPosition(data: Hex, kinds: number) {
  return { debt: wordAt(data, 0), collaterals: Array.from({ length: kinds }, (_, k) => wordAt(data, k + 2)) };
}
