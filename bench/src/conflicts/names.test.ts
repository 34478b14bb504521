import {
  type BlockAccess,
  buildConflictGraph,
  createHttpRpc,
  createNamer,
  createReplaySource,
  gatherNameFacts,
  type NameOf,
  readLayouts,
} from '@millrace/parallel';
import { describe, expect, it } from 'vitest';
import { BenchChain } from '../chain/bench-chain.ts';
import { deployAave } from '../protocols/aave-v3/deploy-aave.ts';
import type { Description } from '../protocols/description.ts';
import { deployMarket } from '../protocols/millrace/deploy-market.ts';
import { millraceProtocol } from '../protocols/millrace/millrace-protocol.ts';
import { byHash } from '../protocols/millrace/planners.ts';
import { deployMorpho } from '../protocols/morpho-blue/deploy-morpho.ts';
import { mineLendingBlock } from './lending-block.ts';

const LEAST_SHARE = 0.99;

const DEPLOYERS = {
  millrace: async (chain: BenchChain) =>
    millraceProtocol(chain, await deployMarket(chain), { planner: byHash, isSpread: true }),
  'aave-v3': deployAave,
  'morpho-blue': deployMorpho,
};

/** Users of each kind. A block of 200 calls of Aave is 4 GB of trace. */
const PER_KIND = { millrace: 50, 'aave-v3': 3, 'morpho-blue': 10 };

/** Variables at which strangers meet. */
const MET = {
  millrace: ['Market.stripes[*].supply', 'Market.stripes[*].borrow', 'asset._balances[*]'],
  'aave-v3': ['Pool._reserves[*].{liquidityIndex, currentLiquidityRate}', 'aTokenA._totalSupply'],
  'morpho-blue': ['Morpho.market[*].{totalSupplyAssets, totalSupplyShares}'],
};

describe.each(['millrace', 'morpho-blue', 'aave-v3'] as const)('the slots of %s', (name) => {
  it('are named, all but one in a hundred, and all at which strangers meet', {
    timeout: 300_000,
  }, async () => {
    const { block, description } = await readLendingBlock(name);
    const { layouts, labels, assigned } = description;
    const given = { layouts: readLayouts(layouts), labels, assigned };
    const nameOf = createNamer({ ...given, ...gatherNameFacts([block]) });
    const touched = new Set(block.transactions.flatMap(({ reads, stores }) => [...reads, ...stores]));
    const met = new Set(buildConflictGraph(block.transactions).edges.flatMap(({ keys }) => keys));
    expect(met.size).toBeGreaterThan(0);
    expect(shareNamed(met, nameOf)).toBe(1);
    expect(shareNamed(touched, nameOf)).toBeGreaterThanOrEqual(LEAST_SHARE);
    expect([...met].map((key) => nameOf(key).variable)).toEqual(expect.arrayContaining(MET[name]));
  });
});

async function readLendingBlock(
  name: keyof typeof DEPLOYERS,
): Promise<{ block: BlockAccess; description: Description }> {
  const chain = await BenchChain.start();
  try {
    const protocol = await DEPLOYERS[name](chain);
    const [receipt] = await mineLendingBlock(chain, protocol, PER_KIND[name]);
    const source = createReplaySource(createHttpRpc({ url: chain.url }));
    const block = await source.readBlock(BigInt(receipt?.blockNumber ?? 0));
    return { block, description: await protocol.describe() };
  } finally {
    await chain.stop();
  }
}

function shareNamed(keys: ReadonlySet<Parameters<NameOf>[0]>, nameOf: NameOf): number {
  return [...keys].filter((key) => nameOf(key).isNamed).length / keys.size;
}
