import { iAggregatorV3Abi } from '@millrace/protocol/contracts/i-aggregator-v3';
import type { Address } from 'viem';
import type { OpenMarket } from './open-market.ts';

/** How old the last answer of a feed is. */
export type FeedAge = { source: Address; ageSeconds: bigint; heartbeatSeconds: bigint };

/** Ages of the feeds behind collateral `index`, as far as the deployment says which they are. */
export async function readFeedAges(
  { client, deployment, market }: OpenMarket,
  index: number,
): Promise<FeedAge[]> {
  const known = deployment.markets.find(
    ({ address }) => address.toLowerCase() === market.address.toLowerCase(),
  );
  const oracle = known?.collaterals[index]?.oracle;
  if (oracle?.kind !== 'feeds') return [];
  const heartbeatSeconds = BigInt(oracle.heartbeatSeconds);
  return Promise.all(
    oracle.feeds.map(async ({ aggregator, source }) => {
      const [, , , updatedAt] = await client.readContract({
        address: aggregator,
        abi: iAggregatorV3Abi,
        functionName: 'latestRoundData',
      });
      return { source, ageSeconds: market.time > updatedAt ? market.time - updatedAt : 0n, heartbeatSeconds };
    }),
  );
}
