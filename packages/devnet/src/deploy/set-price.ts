import { MillraceError } from '@millrace/protocol';
import { mockAggregatorAbi } from '@millrace/protocol/contracts/mock-aggregator';
import { mockOracleAbi } from '@millrace/protocol/contracts/mock-oracle';
import { encodeFunctionData } from 'viem';
import type { DevnetClient } from '../chain/devnet-client.ts';
import { type DevnetTransaction, transact } from '../chain/transact.ts';
import type { DeployedMarket } from './deployment.ts';
import { parsePrice, toOraclePrice } from './price.ts';

/** An estimate is made at the time of the block before, where writing the same time again is cheaper than it will be. */
const SET_GAS = 200_000n;

export type SetPriceOptions = {
  /** Number of the collateral. Default: 0. */
  index?: number | undefined;
  /** Which of two feeds. Default: all. */
  feed?: 0 | 1 | undefined;
};

/**
 * Sets what one whole collateral costs in whole loan assets, now.
 *
 * @param price as people write it (`'2912.5'`), or with 8 decimals
 * @throws {@link MillraceError} `PRICE_FIXED` when the oracle is not one of the devnet's mocks.
 *
 * @example
 * ```ts
 * await setPrice(client, market, '2100')
 * ```
 */
export async function setPrice(
  client: DevnetClient,
  market: DeployedMarket,
  price: string | bigint,
  options: SetPriceOptions = {},
): Promise<void> {
  for (const transaction of buildSetPrice(market, price, options)) {
    await transact(client, { ...transaction, gas: SET_GAS });
  }
}

/** The transactions of {@link setPrice}, for whoever sends them otherwise. Feeds obey account 0 only. */
export function buildSetPrice(
  market: DeployedMarket,
  price: string | bigint,
  options: SetPriceOptions = {},
): Required<Pick<DevnetTransaction, 'to' | 'data'>>[] {
  const index = options.index ?? 0;
  const collateral = market.collaterals[index];
  const answer = typeof price === 'string' ? parsePrice(price) : price;
  if (collateral?.oracle.kind === 'feeds') {
    const data = encodeFunctionData({ abi: mockAggregatorAbi, functionName: 'set', args: [answer] });
    const { feeds } = collateral.oracle;
    return feeds
      .filter((_, k) => options.feed === undefined || options.feed === k)
      .map(({ aggregator: to }) => ({ to, data }));
  }
  if (collateral?.oracle.kind === 'mock') {
    const scaled = toOraclePrice(answer, collateral.token, market.asset);
    const data = encodeFunctionData({ abi: mockOracleAbi, functionName: 'setPrice', args: [scaled] });
    return [{ to: collateral.oracle.address, data }];
  }
  throw new MillraceError(`The price of collateral ${index} cannot be set.`, {
    code: 'PRICE_FIXED',
    fault: 'user',
    hint: 'Only markets that the devnet deployed with mock oracles have prices that can be set.',
    details: { market: market.address, index },
  });
}
