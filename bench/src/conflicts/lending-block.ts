import { stripeOf } from '@millrace/sdk';
import type { Address } from 'viem';
import { account } from '../chain/account.ts';
import type { BenchChain, Receipt } from '../chain/bench-chain.ts';
import * as act from '../market/bench-market.ts';
import { WAD } from '../market/numbers.ts';
import { shuffle } from './shuffle.ts';
import { spread } from './spread.ts';

const KINDS = ['supply', 'borrow', 'repay', 'withdraw'] as const;
type Kind = (typeof KINDS)[number];

/** What one user does in the measured block. @param amount base units of the asset */
export type Job = { kind: Kind; user: Address; amount: bigint };

/** Chooses the routes of a whole block, in the order of the jobs. */
export type Planner = (chain: BenchChain, m: act.BenchMarket, jobs: readonly Job[]) => Promise<bigint[]>;

const OPERATIONS = { supply: act.supply, borrow: act.borrow, repay: act.repay, withdraw: act.withdraw };
const PER_KIND = 50;
const AMOUNT = 300n * WAD;

/**
 * The block of the measuring stick: 200 users of one market, 50 each of supply, borrow, repay and withdraw, in a
 * fixed shuffle, an hour after the block before. Set up as there.
 *
 * @param isSpread whether a keeper first spreads over the tills what the first lender left in one
 */
export async function mineLendingBlock(
  chain: BenchChain,
  m: act.BenchMarket,
  planner: Planner,
  isSpread: boolean,
): Promise<{ receipts: Receipt[]; jobs: Job[] }> {
  const users = (kind: Kind) => Array.from({ length: PER_KIND }, (_, i) => account(`${kind}${i}`));
  const bob = account('bob');
  const keeper = account('keeper');
  await chain.mine(act.funding(m, [bob], 100_000_000n * WAD));
  await chain.mine(act.funding(m, KINDS.flatMap(users), 1_000_000n * WAD));
  const before = [
    act.supply(m, bob, 1_000_000n * WAD),
    act.supplyCollateral(m, bob, 1000n * WAD),
    act.borrow(m, bob, 500_000n * WAD),
    act.checkpoint(m, bob),
    act.repay(m, bob, WAD),
  ];
  for (const call of before) await chain.mine([call], { advance: 60 });
  if (isSpread) await spread(chain, m, stripeOf(bob, m.stripes), keeper);
  await chain.mine(
    [...users('supply'), ...users('withdraw')].map((user) => act.supply(m, user, 1000n * WAD)),
  );
  const debtors = [...users('borrow'), ...users('repay')];
  await chain.mine(debtors.map((user) => act.supplyCollateral(m, user, 10n * WAD)));
  await chain.mine(debtors.map((user) => act.borrow(m, user, 1000n * WAD)));

  const jobs = shuffle(KINDS.flatMap((kind) => users(kind).map((user) => ({ kind, user, amount: AMOUNT }))));
  const routes = await planner(chain, m, jobs);
  const calls = jobs.map(({ kind, user, amount }, i) => OPERATIONS[kind](m, user, amount, routes[i]));
  const receipts = await chain.mine(calls, { advance: 3600, ordered: true });
  return { receipts, jobs };
}
