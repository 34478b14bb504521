import { account } from '../chain/account.ts';
import type { BenchChain } from '../chain/bench-chain.ts';
import * as act from '../protocols/millrace/bench-market.ts';
import {
  deployFlashBorrower,
  deployMarket,
  type MarketOptions,
  type OracleDeployer,
} from '../protocols/millrace/deploy-market.ts';
import { priceGuardOver } from '../protocols/millrace/deploy-price-guard.ts';
import { findRoute } from '../protocols/millrace/find-till.ts';
import { WAD } from '../protocols/numbers.ts';
import { funding } from '../protocols/tokens.ts';
import { measure, type Rows } from './scenario.ts';

const LATER_THAN_MAX_EPOCH_SECONDS = 90_000;
const [bob, alice, carol] = ['bob', 'alice', 'carol'].map(account) as [
  `0x${string}`,
  `0x${string}`,
  `0x${string}`,
];

/** What the measuring stick does not ask but a user may meet. Runs after the scenario, on its market and on others. */
export async function runExtraRows(chain: BenchChain, m: act.BenchMarket): Promise<Rows> {
  const rows: Rows = new Map();
  const inline = act.supply(m, bob, 1000n * WAD, await findRoute(chain, m, bob, 'supply'));
  rows.set('supply, checkpoint inline', await measure(chain, inline, LATER_THAN_MAX_EPOCH_SECONDS));
  rows.set('supply collateral, long form', await measure(chain, act.supplyCollateralOf(m, bob, 10n * WAD)));
  const borrower = await deployFlashBorrower(chain, m.address, m.asset);
  rows.set('flash loan, receiver holds nothing', await flashLoan(chain, { ...m, flashBorrower: borrower }));
  const withFee = await openMarket(chain, { flashFeeBps: 5 });
  await flashLoan(chain, withFee);
  rows.set('flash loan, fee 5 bps', await flashLoan(chain, withFee));
  for (const count of [1, 2] as const) {
    const label = `borrow, price guard over ${count} feed${count === 1 ? '' : 's'}`;
    rows.set(label, await borrowWith(chain, priceGuardOver(count)));
  }
  return rows;
}

async function flashLoan(chain: BenchChain, m: act.BenchMarket) {
  const amount = 10_000n * WAD;
  const route = await findRoute(chain, m, m.flashBorrower, 'supply', amount);
  return measure(chain, act.flashLoan(m, alice, amount, route));
}

async function borrowWith(chain: BenchChain, deployOracle: OracleDeployer) {
  const m = await openMarket(chain, { deployOracle });
  await measure(chain, act.supplyCollateral(m, carol, 10n * WAD));
  const borrow = async (assets: bigint) =>
    measure(chain, act.borrow(m, carol, assets, await findRoute(chain, m, carol, 'borrow', assets)));
  await borrow(2000n * WAD);
  return borrow(1000n * WAD);
}

/** A market with another user on both sides, as at the start of the scenario. */
async function openMarket(chain: BenchChain, options: MarketOptions): Promise<act.BenchMarket> {
  const m = await deployMarket(chain, options);
  await chain.mine(funding(m, [bob, carol], 100_000_000n * WAD));
  const setup = [
    act.supply(m, bob, 1_000_000n * WAD),
    act.supplyCollateral(m, bob, 1000n * WAD),
    act.borrow(m, bob, 500_000n * WAD),
    act.checkpoint(m, bob),
  ];
  for (const call of setup) await measure(chain, call);
  return m;
}
