import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import type { BenchChain } from '../../chain/bench-chain.ts';
import { compileOwnStorage } from '../../compile/compile-own-storage.ts';
import { Description } from '../description.ts';
import { describeTokens } from '../tokens.ts';
import type { BenchMarket } from './bench-market.ts';

/** Front and extension of a market have the same variables, and tills have none: they are named for what they hold. */
export async function describeMarket(chain: BenchChain, m: BenchMarket): Promise<Description> {
  const description = new Description();
  description.add('Market', m.address, compileOwnStorage('contracts/src/market/Market.sol'));
  description.add('MockOracle', m.oracle, compileOwnStorage('contracts/src/dev/MockOracle.sol'));
  description.label('MarketExtension', await chain.read(m.address, iMarketAbi, 'extension', []));
  const tills = Array.from({ length: m.stripes }, async (_, j) => {
    description.label(`till ${j}`, await chain.read(m.address, iMarketAbi, 'tillOf', [BigInt(j)]));
  });
  await Promise.all(tills);
  return describeTokens(description, m.asset, m.collateral);
}
