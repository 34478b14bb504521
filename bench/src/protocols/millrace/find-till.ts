import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { mockTokenAbi } from '@millrace/protocol/contracts/mock-token';
import { encodeRoute, stripeOf } from '@millrace/sdk';
import type { Address } from 'viem';
import type { BenchChain } from '../../chain/bench-chain.ts';
import type { BenchMarket } from './bench-market.ts';
import { NO_ROUTE } from './numbers.ts';

/** Which half of a stripe an operation writes. */
export type Book = 'supply' | 'borrow';

/**
 * What a wallet picks that wants to pay least: the own stripe if it has been used before and its till holds what is to leave,
 * otherwise the fullest till whose stripe has been used.
 */
export async function findRoute(
  chain: BenchChain,
  m: BenchMarket,
  owner: Address,
  book: Book,
  leaving = 0n,
): Promise<bigint> {
  const own = stripeOf(owner, m.stripes);
  const tills = await Promise.all(Array.from({ length: m.stripes }, (_, j) => readTill(chain, m, j, book)));
  const fits = tills.filter(({ isWarm, cash }) => isWarm && cash > leaving);
  const fullest = fits.reduce(
    (best, till) => (till.cash > best.cash ? till : best),
    fits[0] ?? { j: own, cash: 0n },
  );
  return fits.some(({ j }) => j === own) ? NO_ROUTE : encodeRoute({ tills: [fullest.j] });
}

async function readTill(chain: BenchChain, m: BenchMarket, j: number, book: Book) {
  const till = await chain.read(m.address, iMarketAbi, 'tillOf', [BigInt(j)]);
  const cash = await chain.read(m.asset, mockTokenAbi, 'balanceOf', [till]);
  const stripe = await chain.read(m.address, iMarketAbi, 'stripeAt', [BigInt(j)]);
  const [one, two] = book === 'supply' ? Object.values(stripe.supply) : Object.values(stripe.borrow);
  return { j, cash, isWarm: one !== 0n || two !== 0n };
}
