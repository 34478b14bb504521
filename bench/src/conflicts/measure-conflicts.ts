import { BenchChain } from '../chain/bench-chain.ts';
import { deployMarket, type MarketOptions } from '../market/deploy-market.ts';
import { readAccessSets } from './access-sets.ts';
import { mineLendingBlock, type Planner } from './lending-block.ts';
import { byHash, inTurn, together } from './planners.ts';
import { computeSpeedUp, type SpeedUp } from './speed-up.ts';

/** The block under both rules of writing, and what it cost. */
export type BlockReport = { gasPerTx: number; net: SpeedUp; strict: SpeedUp };

type Case = { options: MarketOptions; planner: Planner };

/** A market with one stripe settles at every new timestamp: the same code on a sequential chain. */
const SEQUENTIAL: MarketOptions = { stripes: 1, minEpochSeconds: 0, maxEpochSeconds: 0 };

export const CASES = {
  'millrace-64-hash': { options: {}, planner: byHash },
  'millrace-64-sdk': { options: {}, planner: together },
  'millrace-64-sdk-in-turn': { options: {}, planner: inTurn },
  'millrace-1': { options: SEQUENTIAL, planner: byHash },
} satisfies Record<string, Case>;

export type CaseName = keyof typeof CASES;

/** Shown beside the others in the table, and left out of the line for programs. */
export const ONLY_FOR_PEOPLE: CaseName = 'millrace-64-sdk-in-turn';

/** @param withStrict whether `strict` counts stores that changed nothing, which takes three times as long to find out */
export async function measureConflicts(name: CaseName, withStrict: boolean): Promise<BlockReport> {
  const { options, planner } = CASES[name];
  const chain = await BenchChain.start();
  try {
    const market = await deployMarket(chain, options);
    const { receipts } = await mineLendingBlock(chain, market, planner);
    const sets = await readAccessSets(chain, receipts, withStrict);
    const net = computeSpeedUp(sets);
    return { gasPerTx: Math.round(net.totalGas / sets.length), net, strict: computeSpeedUp(sets, 'stores') };
  } finally {
    await chain.stop();
  }
}
