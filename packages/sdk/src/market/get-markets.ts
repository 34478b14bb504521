import type { MillraceError } from '@millrace/protocol';
import { marketFactoryAbi } from '@millrace/protocol/contracts/market-factory';
import { type Address, getAbiItem } from 'viem';
import type { SdkClient } from '../call/client.ts';
import { type ScanLogsParameters, scanLogs } from '../event/scan-logs.ts';

const CREATED = getAbiItem({ abi: marketFactoryAbi, name: 'MarketCreated' });

export type GetMarketsParameters = Omit<ScanLogsParameters<typeof CREATED>, 'address' | 'event'> & {
  /** Whose markets. */
  marketFactory: Address;
};
export type CreatedMarket = {
  market: Address;
  asset: Address;
  creator: Address;
  name: string;
  symbol: string;
  collaterals: readonly Address[];
  createdAtBlock: bigint;
};
export type GetMarketsReturnType = CreatedMarket[];
export type GetMarketsErrorType = MillraceError;

/**
 * The markets that a factory created, oldest first, from its logs.
 *
 * @example
 * ```ts
 * const [first] = await getMarkets(client, { marketFactory, fromBlock: deployedAtBlock })
 * ```
 */
export async function getMarkets(
  client: SdkClient,
  { marketFactory, ...range }: GetMarketsParameters,
): Promise<GetMarketsReturnType> {
  const markets: CreatedMarket[] = [];
  for await (const logs of scanLogs(client, { ...range, address: marketFactory, event: CREATED })) {
    for (const { args, blockNumber } of logs) {
      const { name, symbol, collaterals } = args.config;
      markets.push({
        market: args.market,
        asset: args.asset,
        creator: args.creator,
        name,
        symbol,
        collaterals: collaterals.map(({ token }) => token),
        createdAtBlock: blockNumber,
      });
    }
  }
  return markets;
}
