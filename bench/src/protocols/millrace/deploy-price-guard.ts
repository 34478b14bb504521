import { feedSourceAbi, feedSourceBytecode } from '@millrace/protocol/contracts/feed-source';
import { mockAggregatorAbi, mockAggregatorBytecode } from '@millrace/protocol/contracts/mock-aggregator';
import { priceGuardAbi, priceGuardBytecode } from '@millrace/protocol/contracts/price-guard';
import { type Address, zeroAddress } from 'viem';
import type { BenchChain } from '../../chain/bench-chain.ts';
import { PRICE } from '../numbers.ts';
import type { OracleDeployer } from './deploy-market.ts';

const FEED_UNIT = 10n ** 8n;
const HEARTBEAT_SECONDS = 30 * 86_400;
const SOURCE_GAS = 100_000n;
const NO_FEED = { aggregator: zeroAddress, heartbeat: 0, minAnswer: 0n, maxAnswer: 0n };
const NO_SEQUENCER = { aggregator: zeroAddress, grace: 0 };

/** A price guard over one or two push feeds: what a market on a real chain asks instead of the mock. */
export function priceGuardOver(count: 1 | 2): OracleDeployer {
  return async (chain, asset, collateral) => {
    const first = await deployFeedSource(chain, asset, collateral);
    const second = count === 2 ? await deployFeedSource(chain, asset, collateral) : zeroAddress;
    const args = [first, second, count === 2 ? 200n : 0n, SOURCE_GAS] as const;
    return chain.deploy(priceGuardAbi, priceGuardBytecode, args);
  };
}

async function deployFeedSource(chain: BenchChain, asset: Address, collateral: Address): Promise<Address> {
  const answer = PRICE * FEED_UNIT;
  const aggregator = await chain.deploy(mockAggregatorAbi, mockAggregatorBytecode, [8, answer]);
  const base = { aggregator, heartbeat: HEARTBEAT_SECONDS, minAnswer: FEED_UNIT, maxAnswer: 1000n * answer };
  return chain.deploy(feedSourceAbi, feedSourceBytecode, [base, NO_FEED, NO_SEQUENCER, collateral, asset]);
}
