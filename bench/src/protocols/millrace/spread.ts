import type { Address } from 'viem';
import type { BenchChain } from '../../chain/bench-chain.ts';
import { type BenchMarket, rebalance } from './bench-market.ts';

/**
 * Evens out all tills from one that holds everything: L is a power of two and each call moves half of the difference,
 * so log2(L) blocks of a keeper's `rebalance` calls do it, doubling the tills that hold cash. Open to anyone.
 */
export async function spread(
  chain: BenchChain,
  m: BenchMarket,
  from: number,
  keeper: Address,
): Promise<void> {
  for (let filled = 1; filled < m.stripes; filled *= 2) {
    const calls = Array.from({ length: filled }, (_, k) =>
      rebalance(m, keeper, (from + k) % m.stripes, (from + k + filled) % m.stripes),
    );
    await chain.mine(calls);
  }
}
