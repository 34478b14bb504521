import { feedSourceAbi, feedSourceBytecode } from '@millrace/protocol/contracts/feed-source';
import { mockAggregatorAbi, mockAggregatorBytecode } from '@millrace/protocol/contracts/mock-aggregator';
import { mockOracleAbi, mockOracleBytecode } from '@millrace/protocol/contracts/mock-oracle';
import { priceGuardAbi, priceGuardBytecode } from '@millrace/protocol/contracts/price-guard';
import { type Address, zeroAddress } from 'viem';
import type { DevnetClient } from '../chain/devnet-client.ts';
import { deployContract } from './deploy-contract.ts';
import type { DeployedOracle, DeployedToken } from './deployment.ts';
import { PRICE_DECIMALS, parsePrice, toOraclePrice } from './price.ts';

export type DeployOracleOptions = {
  /** `feeds`: a price guard over mock Chainlink feeds, to be replayed. `mock`: says what it is told. Default: `feeds`. */
  kind?: 'feeds' | 'mock' | undefined;
  /** What one whole collateral costs in whole loan assets, at first. */
  price: string;
  /** How many feeds the guard compares. Default: 1. */
  feeds?: 1 | 2 | undefined;
  /** How far apart two feeds may be. Default: 200 (2 %). */
  maxDeviationBps?: bigint | undefined;
  /** Age at which a price is stale. Default: one day. */
  heartbeatSeconds?: number | undefined;
};

const DAY = 86_400;
/** Bounds of the mock feeds, 8 decimals: 0.00001 to a billion. */
const BOUNDS = { minAnswer: 1_000n, maxAnswer: 10n ** 17n };
const NO_FEED = { aggregator: zeroAddress, heartbeat: 0, minAnswer: 0n, maxAnswer: 0n };
const NO_SEQUENCER = { aggregator: zeroAddress, grace: 0 };
const SOURCE_GAS = 150_000n;

/** Deploys what prices `collateral` in `asset`. */
export async function deployOracle(
  client: DevnetClient,
  collateral: DeployedToken,
  asset: DeployedToken,
  options: DeployOracleOptions,
): Promise<DeployedOracle> {
  const answer = parsePrice(options.price);
  if (options.kind === 'mock') {
    const price = toOraclePrice(answer, collateral, asset);
    const contract = { abi: mockOracleAbi, bytecode: mockOracleBytecode, args: [price, price] } as const;
    return { kind: 'mock', address: await deployContract(client, contract) };
  }
  const heartbeatSeconds = options.heartbeatSeconds ?? DAY;
  const feeds: { aggregator: Address; source: Address }[] = [];
  for (let k = 0; k < (options.feeds ?? 1); k++) {
    feeds.push(await deployFeed(client, collateral, asset, answer, heartbeatSeconds));
  }
  const [first, second] = feeds.map((feed) => feed.source);
  const deviation = second ? (options.maxDeviationBps ?? 200n) : 0n;
  const address = await deployContract(client, {
    abi: priceGuardAbi,
    bytecode: priceGuardBytecode,
    args: [first ?? zeroAddress, second ?? zeroAddress, deviation, SOURCE_GAS],
  });
  return { kind: 'feeds', address, feeds, heartbeatSeconds };
}

async function deployFeed(
  client: DevnetClient,
  collateral: DeployedToken,
  asset: DeployedToken,
  answer: bigint,
  heartbeat: number,
): Promise<{ aggregator: Address; source: Address }> {
  const aggregator = await deployContract(client, {
    abi: mockAggregatorAbi,
    bytecode: mockAggregatorBytecode,
    args: [PRICE_DECIMALS, answer],
  });
  const base = { aggregator, heartbeat, ...BOUNDS };
  const source = await deployContract(client, {
    abi: feedSourceAbi,
    bytecode: feedSourceBytecode,
    args: [base, NO_FEED, NO_SEQUENCER, collateral.address, asset.address],
  });
  return { aggregator, source };
}
