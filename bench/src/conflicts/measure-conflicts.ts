import {
  createHttpRpc,
  createNamer,
  createReplaySource,
  gatherNameFacts,
  readLayouts,
} from '@millrace/parallel';
import { BenchChain, type Receipt } from '../chain/bench-chain.ts';
import { deployAave } from '../protocols/aave-v3/deploy-aave.ts';
import type { Description } from '../protocols/description.ts';
import { mineTransfers } from '../protocols/erc20/transfers.ts';
import type { LendingProtocol } from '../protocols/lending-protocol.ts';
import { deployMarket, type MarketOptions } from '../protocols/millrace/deploy-market.ts';
import { type MillraceOptions, millraceProtocol } from '../protocols/millrace/millrace-protocol.ts';
import { byHash, inTurn, together } from '../protocols/millrace/planners.ts';
import { deployMorpho } from '../protocols/morpho-blue/deploy-morpho.ts';
import { type BlockFigures, figuresOf } from './block-figures.ts';
import { BLOCK_SIZE, mineLendingBlock } from './lending-block.ts';

/** The block to be measured, and what its contracts and their variables are called. */
type MinedBlock = { receipts: Receipt[]; describe: () => Promise<Description> };
type Case = (chain: BenchChain) => Promise<MinedBlock>;

/** A market with one stripe settles at every new timestamp: the same code on a sequential chain. */
const SEQUENTIAL: MarketOptions = { stripes: 1, minEpochSeconds: 0, maxEpochSeconds: 0 };

const hash: MillraceOptions = { planner: byHash, isSpread: true };
const sdk: MillraceOptions = { planner: together, isSpread: true };

export const CASES = {
  'millrace-64-hash': millrace({}, hash),
  'millrace-64-sdk': millrace({}, sdk),
  'millrace-16-hash': millrace({ stripes: 16 }, hash),
  'millrace-16-sdk': millrace({ stripes: 16 }, sdk),
  'millrace-1': millrace(SEQUENTIAL, hash),
  'millrace-1-sdk': millrace(SEQUENTIAL, sdk),
  'aave-v3': lending(deployAave),
  'morpho-blue': lending(deployMorpho),
  erc20: (chain) => mineTransfers(chain, BLOCK_SIZE),
  'millrace-64-sdk-in-turn': millrace({}, { planner: inTurn, isSpread: true }),
  'millrace-64-hash-unspread': millrace({}, { planner: byHash }),
  'millrace-64-sdk-unspread': millrace({}, { planner: together }),
} satisfies Record<string, Case>;

export type CaseName = keyof typeof CASES;

/** The line for programs; the table for people shows the others as well. */
export const PUBLISHED: readonly string[] = [
  'millrace-64-hash',
  'millrace-64-sdk',
  'millrace-16-hash',
  'millrace-16-sdk',
  'millrace-1',
  'millrace-1-sdk',
  'aave-v3',
  'morpho-blue',
  'erc20',
] satisfies CaseName[];

export async function measureConflicts(name: CaseName): Promise<BlockFigures> {
  const chain = await BenchChain.start();
  try {
    const { receipts, describe } = await CASES[name](chain);
    const source = createReplaySource(createHttpRpc({ url: chain.url }));
    const block = await source.readBlock(BigInt(receipts[0]?.blockNumber ?? 0));
    const { layouts, assigned, labels } = await describe();
    const facts = gatherNameFacts([block]);
    const nameOf = createNamer({ layouts: readLayouts(layouts), assigned, labels, ...facts });
    return figuresOf(block, nameOf);
  } finally {
    await chain.stop();
  }
}

function millrace(market: MarketOptions, options: MillraceOptions): Case {
  return lending(async (chain) => millraceProtocol(chain, await deployMarket(chain, market), options));
}

function lending(deploy: (chain: BenchChain) => Promise<LendingProtocol>): Case {
  return async (chain) => {
    const protocol = await deploy(chain);
    return { receipts: await mineLendingBlock(chain, protocol), describe: protocol.describe };
  };
}
