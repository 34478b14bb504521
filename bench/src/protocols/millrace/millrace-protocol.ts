import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { stripeOf } from '@millrace/sdk';
import type { Address } from 'viem';
import { account } from '../../chain/account.ts';
import type { BenchChain, Call } from '../../chain/bench-chain.ts';
import type { Job, Kind, LendingProtocol } from '../lending-protocol.ts';
import { MAX_UINT } from '../numbers.ts';
import * as act from './bench-market.ts';
import { describeMarket } from './describe-market.ts';
import { type Book, findRoute } from './find-till.ts';
import { NO_ROUTE } from './numbers.ts';
import { spread } from './spread.ts';

/** Chooses the routes of a whole block, in the order of the jobs. */
export type Planner = (chain: BenchChain, m: act.BenchMarket, jobs: readonly Job[]) => Promise<bigint[]>;

export type MillraceOptions = {
  /** Whether each user looks for the cheapest till, as {@link findRoute} does; otherwise no route is given. */
  findsTills?: boolean;
  /** Who chooses the routes of the measured block. */
  planner?: Planner;
  /** Whether a keeper spreads over the tills what the first lender left in one. */
  isSpread?: boolean;
};

const OPERATIONS: Readonly<Record<Kind, typeof act.supply>> = {
  supply: act.supply,
  borrow: act.borrow,
  repay: act.repay,
  withdraw: act.withdraw,
};

/** Our market as a protocol among others. */
export function millraceProtocol(
  chain: BenchChain,
  m: act.BenchMarket,
  { findsTills = false, planner, isSpread = false }: MillraceOptions,
): LendingProtocol {
  const route = async (owner: Address, book: Book, leaving?: bigint) =>
    findsTills ? findRoute(chain, m, owner, book, leaving) : NO_ROUTE;
  const withdrawAll = async (user: Address) => {
    const shares = await chain.read(m.address, iMarketAbi, 'balanceOf', [user]);
    const assets = await chain.read(m.address, iMarketAbi, 'convertToAssets', [shares]);
    return act.redeem(m, user, shares, await route(user, 'supply', assets));
  };
  const plan = async (choose: Planner, jobs: readonly Job[]): Promise<Call[]> => {
    const routes = await choose(chain, m, jobs);
    return jobs.map(({ kind, user, amount }, i) => OPERATIONS[kind](m, user, amount, routes[i]));
  };
  return {
    address: m.address,
    asset: m.asset,
    collateral: m.collateral,
    describe: () => describeMarket(chain, m),
    supply: async (user, assets) => act.supply(m, user, assets, await route(user, 'supply')),
    supplyCollateral: async (user, amount) => act.supplyCollateral(m, user, amount),
    borrow: async (user, assets) => act.borrow(m, user, assets, await route(user, 'borrow', assets)),
    repay: async (user, assets) => act.repay(m, user, assets, await route(user, 'borrow')),
    repayAll: async (user) => act.repay(m, user, MAX_UINT, await route(user, 'borrow')),
    withdraw: async (user, assets) => act.withdraw(m, user, assets, await route(user, 'supply', assets)),
    withdrawAll,
    withdrawCollateral: async (user, amount) => act.withdrawCollateral(m, user, amount),
    withdrawCollateralAll: async (user) =>
      act.withdrawCollateral(m, user, await chain.read(m.address, iMarketAbi, 'collateralOf', [user, 0n])),
    liquidate: async (liquidator, owner, most) =>
      act.liquidate(m, liquidator, owner, most, await route(owner, 'borrow')),
    flashLoan: async (user, assets) =>
      act.flashLoan(m, user, assets, await route(m.flashBorrower, 'supply', assets)),
    setPrice: (price) => act.setPrice(m, price),
    checkpoint: (user) => act.checkpoint(m, user),
    ...(isSpread && {
      tend: (lender: Address) => spread(chain, m, stripeOf(lender, m.stripes), account('keeper')),
    }),
    ...(planner && { plan: (jobs: readonly Job[]) => plan(planner, jobs) }),
  };
}
