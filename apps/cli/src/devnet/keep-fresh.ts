import { type Deployment, type DevnetClient, timeOf, transact } from '@millrace/devnet';
import { mockAggregatorAbi } from '@millrace/protocol/contracts/mock-aggregator';
import { encodeFunctionData } from 'viem';

/**
 * Repeats the last answer of every mock feed, so that it is dated now, as a live feed does on its heartbeat.
 *
 * @param olderThanSeconds leave younger answers alone
 */
export async function keepFresh(
  client: DevnetClient,
  deployment: Deployment,
  olderThanSeconds: bigint,
): Promise<void> {
  const now = await timeOf(client);
  const oracles = deployment.markets.flatMap(({ collaterals }) => collaterals.map(({ oracle }) => oracle));
  for (const oracle of oracles) {
    if (oracle.kind !== 'feeds') continue;
    for (const { aggregator } of oracle.feeds) {
      const round = { address: aggregator, abi: mockAggregatorAbi, functionName: 'latestRoundData' } as const;
      const [, answer, , updatedAt] = await client.readContract(round);
      if (now - updatedAt < olderThanSeconds) continue;
      const data = encodeFunctionData({ abi: mockAggregatorAbi, functionName: 'set', args: [answer] });
      await transact(client, { to: aggregator, data });
    }
  }
}
