import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { mockTokenAbi } from '@millrace/protocol/contracts/mock-token';
import { WAD } from '../market/numbers.ts';
import { encodeRoute, NO_ROUTE } from '../market/routes.ts';
import type { Planner } from './lending-block.ts';

/** Every operation uses the stripe that the hash of its owner gives. */
export const byHash: Planner = async (_chain, _market, jobs) => jobs.map(() => NO_ROUTE);

/** What a borrower or a lender who leaves takes at most in the measured block, with some room. */
const LEAVING = 400n * WAD;

/** Each operation in turn takes the till that the fewest operations before it took, among those that hold cash for it. */
export const leastLoaded: Planner = async (chain, m, jobs) => {
  const tills = await Promise.all(
    Array.from({ length: m.stripes }, async (_, j) => {
      const till = await chain.read(m.address, iMarketAbi, 'tillOf', [BigInt(j)]);
      const cash = await chain.read(m.asset, mockTokenAbi, 'balanceOf', [till]);
      const stripe = await chain.read(m.address, iMarketAbi, 'stripeAt', [BigInt(j)]);
      return {
        j,
        cash,
        load: 0,
        isWarm: { supply: stripe.supply.cash !== 0n, borrow: stripe.borrow.debt !== 0n },
      };
    }),
  );
  return jobs.map(({ kind }) => {
    const book = kind === 'supply' || kind === 'withdraw' ? 'supply' : 'borrow';
    const leaves = kind === 'borrow' || kind === 'withdraw' ? LEAVING : 0n;
    const fits = tills.filter(({ cash }) => cash >= leaves);
    const best = fits.reduce(
      (a, b) => (costOf(b, book) < costOf(a, book) ? b : a),
      fits[0] as (typeof tills)[0],
    );
    best.load++;
    best.cash -= leaves;
    return encodeRoute([best.j]);
  });
};

type Till = { load: number; isWarm: { supply: boolean; borrow: boolean } };

/** A stripe that was never written costs a fresh slot: about a quarter of an operation. */
function costOf(till: Till, book: 'supply' | 'borrow'): number {
  return till.load + (till.isWarm[book] ? 0 : 0.25);
}
