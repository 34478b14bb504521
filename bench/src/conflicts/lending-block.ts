import { account } from '../chain/account.ts';
import type { BenchChain, Receipt } from '../chain/bench-chain.ts';
import { KINDS, type Kind, type LendingProtocol } from '../protocols/lending-protocol.ts';
import { WAD } from '../protocols/numbers.ts';
import { funding } from '../protocols/tokens.ts';
import { shuffle } from './shuffle.ts';

const PER_KIND = 50;
const AMOUNT = 300n * WAD;

/** Transactions of the measured block. */
export const BLOCK_SIZE = KINDS.length * PER_KIND;

/**
 * The block that every protocol gets: 200 users of one market, 50 each of supply, borrow, repay and withdraw, in a fixed
 * shuffle, an hour after the block before. Everyone has been in the market before.
 *
 * @param perKind users of each kind, fewer than 50 where the figures do not matter
 */
export async function mineLendingBlock(
  chain: BenchChain,
  p: LendingProtocol,
  perKind = PER_KIND,
): Promise<Receipt[]> {
  const users = (kind: Kind) => Array.from({ length: perKind }, (_, i) => account(`${kind}${i}`));
  const bob = account('bob');
  await chain.mine(funding(p, [bob], 100_000_000n * WAD));
  await chain.mine(funding(p, KINDS.flatMap(users), 1_000_000n * WAD));
  const before = [
    () => p.supply(bob, 1_000_000n * WAD),
    () => p.supplyCollateral(bob, 1000n * WAD),
    () => p.borrow(bob, 500_000n * WAD),
    ...(p.checkpoint ? [p.checkpoint.bind(p, bob)] : []),
    () => p.repay(bob, WAD),
  ];
  for (const call of before) await chain.mine([await call()], { advance: 60 });
  await p.tend?.(bob);
  const lenders = [...users('supply'), ...users('withdraw')];
  await chain.mine(await Promise.all(lenders.map((user) => p.supply(user, 1000n * WAD))));
  const debtors = [...users('borrow'), ...users('repay')];
  await chain.mine(await Promise.all(debtors.map((user) => p.supplyCollateral(user, 10n * WAD))));
  await chain.mine(await Promise.all(debtors.map((user) => p.borrow(user, 1000n * WAD))));

  const jobs = shuffle(KINDS.flatMap((kind) => users(kind).map((user) => ({ kind, user, amount: AMOUNT }))));
  const calls = p.plan
    ? await p.plan(jobs)
    : await Promise.all(jobs.map(({ kind, user, amount }) => p[kind](user, amount)));
  return chain.mine(calls, { advance: 3600, ordered: true });
}
