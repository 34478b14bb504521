import { BenchChain } from '../chain/bench-chain.ts';
import { deployMarket, type MarketOptions } from '../market/deploy-market.ts';
import { readAccessSets } from './access-sets.ts';
import { mineLendingBlock, type Planner } from './lending-block.ts';
import { byHash, inTurn, together } from './planners.ts';
import { computeSpeedUp, type SpeedUp } from './speed-up.ts';

/** The block under both rules of writing, and what it cost. */
export type BlockReport = { gasPerTx: number; net: SpeedUp; strict: SpeedUp };

type Case = { options: MarketOptions; planner: Planner; isSpread: boolean };

/** A market with one stripe settles at every new timestamp: the same code on a sequential chain. */
const SEQUENTIAL: MarketOptions = { stripes: 1, minEpochSeconds: 0, maxEpochSeconds: 0 };

export const CASES = {
  'millrace-64-hash': { options: {}, planner: byHash, isSpread: true },
  'millrace-64-sdk': { options: {}, planner: together, isSpread: true },
  'millrace-64-sdk-in-turn': { options: {}, planner: inTurn, isSpread: true },
  'millrace-64-hash-unspread': { options: {}, planner: byHash, isSpread: false },
  'millrace-64-sdk-unspread': { options: {}, planner: together, isSpread: false },
  'millrace-1': { options: SEQUENTIAL, planner: byHash, isSpread: true },
} satisfies Record<string, Case>;

export type CaseName = keyof typeof CASES;

/** The line for programs; the table for people shows the others as well. */
export const PUBLISHED: readonly string[] = [
  'millrace-64-hash',
  'millrace-64-sdk',
  'millrace-1',
] satisfies CaseName[];

/** @param withStrict whether `strict` counts stores that changed nothing, which takes three times as long to find out */
export async function measureConflicts(name: CaseName, withStrict: boolean): Promise<BlockReport> {
  const { options, planner, isSpread } = CASES[name];
  const chain = await BenchChain.start();
  try {
    const market = await deployMarket(chain, options);
    const { receipts } = await mineLendingBlock(chain, market, planner, isSpread);
    const sets = await readAccessSets(chain, receipts, withStrict);
    const net = computeSpeedUp(sets);
    return { gasPerTx: Math.round(net.totalGas / sets.length), net, strict: computeSpeedUp(sets, 'stores') };
  } finally {
    await chain.stop();
  }
}
