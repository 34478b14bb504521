import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import type { Address, Hex } from 'viem';
import { account } from '../chain/account.ts';
import type { BenchChain, Call } from '../chain/bench-chain.ts';
import * as act from '../market/bench-market.ts';
import { type Book, findRoute } from '../market/find-till.ts';
import { MAX_UINT, PRICE, WAD } from '../market/numbers.ts';

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
 * The scenario of the measuring stick, step by step and in its order: another user on both sides, one transaction a
 * block, an hour apart, price 2,000, then 1,700 before the liquidation of 15,000 against 10.
 */
export async function runScenario(chain: BenchChain, m: act.BenchMarket): Promise<Rows> {
  const rows: Rows = new Map();
  const [bob, alice, carol, dave, liq] = ['bob', 'alice', 'carol', 'dave', 'liq'].map(account) as Five;
  await chain.mine(act.funding(m, [bob, alice, carol, dave, liq], 100_000_000n * WAD));
  const run = (call: Call) => measure(chain, call);
  const take = async (label: string, call: Call) => rows.set(label, await run(call));
  const route = (owner: Address, book: Book, leaving?: bigint) => findRoute(chain, m, owner, book, leaving);
  const supply = async (u: Address, x: bigint) => act.supply(m, u, x, await route(u, 'supply'));
  const withdraw = async (u: Address, x: bigint) => act.withdraw(m, u, x, await route(u, 'supply', x));
  const borrow = async (u: Address, x: bigint) => act.borrow(m, u, x, await route(u, 'borrow', x));
  const repay = async (u: Address, x: bigint) => act.repay(m, u, x, await route(u, 'borrow'));

  await run(await supply(bob, 1_000_000n * WAD));
  await run(act.supplyCollateral(m, bob, 1000n * WAD));
  await run(await borrow(bob, 500_000n * WAD));
  await run(act.checkpoint(m, bob));
  await run(act.supplyCollateral(m, liq, 100n * WAD));
  // Warm every shared slot, so that no first write is charged to a measured user.
  await run(await supply(bob, 1000n * WAD));
  await run(act.supplyCollateral(m, bob, WAD));
  await run(await borrow(bob, 1000n * WAD));
  await run(await repay(bob, 1000n * WAD));
  await run(await withdraw(bob, 500n * WAD));
  await run(act.withdrawCollateral(m, bob, WAD));
  const flash = async () =>
    act.flashLoan(m, alice, 10_000n * WAD, await route(m.flashBorrower, 'supply', 10_000n * WAD));
  await run(await flash());

  await take('supply, first', await supply(alice, 1000n * WAD));
  await take('supply, repeat', await supply(alice, 1000n * WAD));
  await take('supply collateral, first', act.supplyCollateral(m, carol, 10n * WAD));
  await take('supply collateral, repeat', act.supplyCollateral(m, carol, 10n * WAD));
  await take('borrow, first', await borrow(carol, 2000n * WAD));
  await take('borrow, repeat', await borrow(carol, 1000n * WAD));
  await take('repay, partial', await repay(carol, 500n * WAD));
  await take('withdraw collateral, in debt', act.withdrawCollateral(m, carol, 5n * WAD));
  await take('repay, full', await repay(carol, MAX_UINT));
  const held = await chain.read(m.address, iMarketAbi, 'collateralOf', [carol, 0n]);
  await take('withdraw collateral, full', act.withdrawCollateral(m, carol, held));
  await take('withdraw, partial', await withdraw(alice, 500n * WAD));
  const shares = await chain.read(m.address, iMarketAbi, 'balanceOf', [alice]);
  await take('withdraw, full', act.redeem(m, alice, shares, await route(alice, 'supply', 2000n * WAD)));
  await take('flash loan', await flash());
  await run(act.supplyCollateral(m, dave, 10n * WAD));
  await run(await borrow(dave, 15_000n * WAD));
  await take('checkpoint', act.checkpoint(m, bob));
  await chain.mine([act.setPrice(m, 1700n)]);
  await take('liquidate', act.liquidate(m, liq, dave, 5000n * WAD, await route(dave, 'borrow')));
  await chain.mine([act.setPrice(m, PRICE)]);
  return rows;
}

type Five = [Address, Address, Address, Address, Address];
