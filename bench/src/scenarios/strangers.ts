import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { encodeRoute, stripeOf } from '@millrace/sdk';
import type { Address } from 'viem';
import { account } from '../chain/account.ts';
import type { BenchChain, Call } from '../chain/bench-chain.ts';
import { callOf } from '../chain/call-of.ts';
import * as act from '../protocols/millrace/bench-market.ts';
import { deployFlashBorrower, deployMarket } from '../protocols/millrace/deploy-market.ts';
import { describeMarket } from '../protocols/millrace/describe-market.ts';
import { spread } from '../protocols/millrace/spread.ts';
import { WAD } from '../protocols/numbers.ts';
import { funding, mint } from '../protocols/tokens.ts';
import type { Scenario } from './scenario.ts';

/** What one stranger does, on a stripe that no other one uses. */
type Act = (m: act.BenchMarket, user: Address, stripe: number, chain: BenchChain) => Promise<Call>;

const AMOUNT = 300n * WAD;
const FALLEN_PRICE = 1700n;

/** Everything a user can do with a market, once the price has fallen so far that victims may be liquidated. */
const ACTS: readonly Act[] = [
  async (m, user) => act.supply(m, user, AMOUNT),
  async (m, user) => act.withdraw(m, user, AMOUNT),
  async (m, user) => act.supplyCollateral(m, user, WAD),
  async (m, user) => act.withdrawCollateral(m, user, WAD),
  async (m, user) => act.borrow(m, user, AMOUNT),
  async (m, user) => act.repay(m, user, AMOUNT),
  async (m, user, stripe) => act.liquidate(m, user, onStripe('victim', stripe, m.stripes), 1000n * WAD),
  async (m, user, stripe, chain) => {
    const flashBorrower = await deployFlashBorrower(chain, m.address, m.asset);
    await chain.mine([mint(m.asset, flashBorrower, WAD)]);
    return act.flashLoan({ ...m, flashBorrower }, user, AMOUNT, encodeRoute({ tills: [stripe] }));
  },
  async (m, user, stripe) =>
    callOf(user, m.address, iMarketAbi, 'transfer', [onStripe('heir', stripe, m.stripes), WAD]),
];

/**
 * 64 strangers in one block of one market, each on a stripe of its own: every operation there is, next to every other. The
 * promise of the market: none of them meets another one anywhere.
 */
export const strangers: Scenario = async (chain) => {
  const m = await deployMarket(chain);
  const users = Array.from({ length: m.stripes }, (_, stripe) => onStripe('stranger', stripe, m.stripes));
  const victims = users.flatMap((_, stripe) =>
    actOf(stripe) === ACTS[6] ? [onStripe('victim', stripe, m.stripes)] : [],
  );
  const bob = account('bob');
  await chain.mine(funding(m, [bob], 100_000_000n * WAD));
  await chain.mine(funding(m, [...users, ...victims], 1_000_000n * WAD));
  for (const call of [act.supply(m, bob, 10_000_000n * WAD), act.supplyCollateral(m, bob, 1000n * WAD)]) {
    await chain.mine([call]);
  }
  await spread(chain, m, stripeOf(bob, m.stripes), account('keeper'));
  await chain.mine([...users, ...victims].map((user) => act.supplyCollateral(m, user, 10n * WAD)));
  await chain.mine(users.map((user) => act.supply(m, user, 1000n * WAD)));
  await chain.mine([
    ...users.map((user) => act.borrow(m, user, 1000n * WAD)),
    ...victims.map((user) => act.borrow(m, user, 15_000n * WAD)),
  ]);
  await chain.mine([act.setPrice(m, FALLEN_PRICE)]);
  const calls: Call[] = [];
  for (const [stripe, user] of users.entries()) calls.push(await actOf(stripe)(m, user, stripe, chain));
  await chain.mine(calls, { advance: 3600, ordered: true });
  return describeMarket(chain, m);
};

function actOf(stripe: number): Act {
  return ACTS[stripe % ACTS.length] as Act;
}

/** An account whose operations use the stripe unless they say otherwise. */
function onStripe(label: string, stripe: number, stripes: number): Address {
  for (let k = 0; ; k++) {
    const found = account(`${label}${k}`);
    if (stripeOf(found, stripes) === stripe) return found;
  }
}
