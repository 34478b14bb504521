import type { Address, Hex } from 'viem';
import { account } from '../chain/account.ts';
import type { BenchChain, Call } from '../chain/bench-chain.ts';
import type { LendingProtocol } from '../protocols/lending-protocol.ts';
import { PRICE, WAD } from '../protocols/numbers.ts';
import { funding } from '../protocols/tokens.ts';

/** What passes between two transactions. */
const HOUR = 3600;

/** Gas of one transaction, and its hash for whoever wants to know where it went. */
export type Row = { gas: number; hash: Hex };

/** Rows by the label of the measuring stick. */
export type Rows = Map<string, Row>;

/** Mines one call in a block of its own. @param advance seconds since the previous block */
export async function measure(chain: BenchChain, call: Call, advance = HOUR): Promise<Row> {
  const [receipt] = await chain.mine([call], { advance });
  if (!receipt) throw new Error('Nothing was mined.');
  return { gas: Number(receipt.gasUsed), hash: receipt.transactionHash };
}

/**
 * The scenario that every protocol goes through, step by step: another user on both sides, one transaction a block, an
 * hour apart, price 2,000, then 1,700 before the liquidation of 15,000 against 10.
 */
export async function runScenario(chain: BenchChain, p: LendingProtocol): Promise<Rows> {
  const rows: Rows = new Map();
  const [bob, alice, carol, dave, liq] = ['bob', 'alice', 'carol', 'dave', 'liq'].map(account) as Five;
  await chain.mine(funding(p, [bob, alice, carol, dave, liq], 100_000_000n * WAD));
  const run = async (call: Call | Promise<Call>) => measure(chain, await call);
  const take = async (label: string, call: Call | Promise<Call>) => rows.set(label, await run(call));

  await run(p.supply(bob, 1_000_000n * WAD));
  await run(p.supplyCollateral(bob, 1000n * WAD));
  await run(p.borrow(bob, 500_000n * WAD));
  if (p.checkpoint) await run(p.checkpoint(bob));
  await run(p.supplyCollateral(liq, 100n * WAD));
  // Warm every shared slot, so that no first write is charged to a measured user.
  await run(p.supply(bob, 1000n * WAD));
  await run(p.supplyCollateral(bob, WAD));
  await run(p.borrow(bob, 1000n * WAD));
  await run(p.repay(bob, 1000n * WAD));
  await run(p.withdraw(bob, 500n * WAD));
  await run(p.withdrawCollateral(bob, WAD));
  await run(p.flashLoan(bob, 1000n * WAD));

  await take('supply, first', p.supply(alice, 1000n * WAD));
  await take('supply, repeat', p.supply(alice, 1000n * WAD));
  await take('supply collateral, first', p.supplyCollateral(carol, 10n * WAD));
  await take('supply collateral, repeat', p.supplyCollateral(carol, 10n * WAD));
  await take('borrow, first', p.borrow(carol, 2000n * WAD));
  await take('borrow, repeat', p.borrow(carol, 1000n * WAD));
  await take('repay, partial', p.repay(carol, 500n * WAD));
  await take('withdraw collateral, in debt', p.withdrawCollateral(carol, 5n * WAD));
  await take('repay, full', p.repayAll(carol));
  await take('withdraw collateral, full', p.withdrawCollateralAll(carol));
  await take('withdraw, partial', p.withdraw(alice, 500n * WAD));
  await take('withdraw, full', p.withdrawAll(alice));
  await take('flash loan', p.flashLoan(alice, 10_000n * WAD));
  await run(p.supplyCollateral(dave, 10n * WAD));
  await run(p.borrow(dave, 15_000n * WAD));
  if (p.checkpoint) await take('checkpoint', p.checkpoint(bob));
  await chain.mine([p.setPrice(1700n)]);
  await take('liquidate', p.liquidate(liq, dave, 5000n * WAD));
  await chain.mine([p.setPrice(PRICE)]);
  return rows;
}

type Five = [Address, Address, Address, Address, Address];
