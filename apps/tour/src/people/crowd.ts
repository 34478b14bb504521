import type { DeployedMarket } from '@millrace/devnet';
import { BPS } from '@millrace/protocol';
import { computeHealth, computeSupplyApr, grownUp, worthDown, worthUp } from '@millrace/protocol/market';
import type { Address } from 'viem';
import { greater } from '../amounts.ts';
import { FEE_BPS } from '../scene/market-plans.ts';
import type { MarketSnapshot, Snapshot } from '../watch/snapshot.ts';
import { type BorrowerMemory, decideBorrower, NEW_BORROWER } from './decide-borrower.ts';
import { decideLender, type LenderMemory, NEW_LENDER } from './decide-lender.ts';
import type { Borrower, Lender, People } from './people.ts';
import type { BorrowerView, Deed, LenderView } from './view.ts';

/** Somebody does something. */
export type Act = { who: Address; market: number; deed: Deed };

/** The people of the scene, with what they remember. */
export type Crowd = {
  /** What everybody does at `step`, having seen `snapshot` and the fall of the price over the last day. */
  act: (snapshot: Snapshot, fallBps: bigint, step: number) => Act[];
};

export function createCrowd(people: People, markets: readonly DeployedMarket[]): Crowd {
  const borrowers = new Map<Address, BorrowerMemory>();
  const lenders = new Map<Address, LenderMemory>();
  return {
    act: (snapshot, fallBps, step) => {
      const acts: Act[] = [];
      const add = ({ address: who, market }: Borrower | Lender, deed: Deed | undefined) => {
        if (deed !== undefined) acts.push({ who, market, deed });
      };
      for (const lender of people.lenders) {
        const market = snapshot.markets[lender.market];
        if (market === undefined) continue;
        const view = lenderView(lender, market, snapshot.time, fallBps);
        const { deed, memory } = decideLender(lender, lenders.get(lender.address) ?? NEW_LENDER, view, step);
        lenders.set(lender.address, memory);
        add(lender, deed);
      }
      for (const borrower of people.borrowers) {
        const [market, facts] = [snapshot.markets[borrower.market], markets[borrower.market]];
        if (market === undefined || facts === undefined) continue;
        const position = borrowerView(borrower.address, market, facts, snapshot.time);
        const view = { ...position, fallBps };
        const known = borrowers.get(borrower.address) ?? NEW_BORROWER;
        const { deed, memory } = decideBorrower(borrower, known, view, step);
        borrowers.set(borrower.address, memory);
        add(borrower, deed);
      }
      return acts;
    },
  };
}

/** What `who` sees of their position at `time` (unix seconds). */
export function borrowerView(
  who: Address,
  snapshot: MarketSnapshot,
  market: DeployedMarket,
  time: bigint,
): Omit<BorrowerView, 'fallBps'> {
  const { accrual, terms, positions, quotes } = snapshot;
  const position = positions.get(who);
  const index = grownUp(accrual.index, terms.rate, time - accrual.settledAt);
  const debt = worthUp(position?.debt ?? 0n, index);
  const holdings = market.collaterals.map(({ borrowLtvBps, liquidationLtvBps }, k) => ({
    amount: position?.collaterals[k] ?? 0n,
    bid: quotes[k]?.bid ?? 0n,
    ask: quotes[k]?.ask ?? 0n,
    borrowLtvBps: BigInt(borrowLtvBps),
    liquidationLtvBps: BigInt(liquidationLtvBps),
  }));
  return {
    debt,
    liquid: liquidOf(snapshot),
    health: computeHealth({ debt, holdings }),
    asks: quotes.map(({ ask }) => ask),
    liquidationLtvBps: holdings.map(({ liquidationLtvBps }) => liquidationLtvBps),
  };
}

function lenderView(
  { address }: Lender,
  snapshot: MarketSnapshot,
  time: bigint,
  fallBps: bigint,
): LenderView {
  const { accrual, shares } = snapshot;
  const held = shares.get(address) ?? 0n;
  return {
    shares: held,
    worth: worthDown(held, accrual.price),
    liquid: liquidOf(snapshot),
    fallBps,
    supplyApr: computeSupplyApr({ ...snapshot, feeBps: FEE_BPS }, time),
  };
}

function liquidOf({ tills }: MarketSnapshot): bigint {
  return tills.reduce((sum, balance) => sum + balance, 0n);
}

/** How far the newest of some prices is below the highest of them, in basis points. */
export function fallOf(prices: readonly bigint[]): bigint {
  const now = prices.at(-1) ?? 0n;
  const highest = prices.reduce(greater, now);
  return highest === 0n ? 0n : ((highest - now) * BPS) / highest;
}
