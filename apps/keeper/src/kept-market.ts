import { parseAmount } from '@millrace/protocol';
import type { Address } from 'viem';
import { type Borrowers, createBorrowers } from './chain/borrowers.ts';
import type { ChainClient } from './chain/client.ts';
import { getMarketFacts } from './chain/market-view.ts';
import type { Position } from './chain/positions.ts';
import type { MarketSettings } from './config/schema.ts';

/** A market that is kept: its settings in base units, and what is known of its borrowers. */
export type KeptMarket = {
  name: string;
  address: Address;
  asset: Address;
  decimals: number;
  symbol: string;
  settings: MarketSettings;
  borrowers: Borrowers;
  /** When each till was last used, unix seconds, as far as this process saw. */
  tillsUsed: Map<number, bigint>;
  /** The block up to which events were acted upon. */
  readTo: bigint;
};

export async function openMarket(client: ChainClient, settings: MarketSettings): Promise<KeptMarket> {
  const { asset, decimals, symbol } = await getMarketFacts(client, settings.address);
  return {
    name: settings.name,
    address: settings.address,
    asset,
    decimals,
    symbol,
    settings,
    borrowers: createBorrowers(),
    tillsUsed: new Map(),
    readTo: 0n,
  };
}

/** A decimal number of tokens of the asset, which may be negative, in base units. */
export function toUnits(market: KeptMarket, text: string): bigint {
  return text.startsWith('-')
    ? -parseAmount(text.slice(1), market.decimals)
    : parseAmount(text, market.decimals);
}

/**
 * Base units of the asset per wei, scaled by 1e36, by which gas is weighed; 0 when gas counts as free, `undefined` while
 * the collateral that stands for the chain's currency has no price.
 */
export function gasPriceInAsset(market: KeptMarket, quotes: Position['collaterals']): bigint | undefined {
  const { gas } = market.settings;
  if (gas === undefined) return 0n;
  if ('assetPerNative' in gas) return parseAmount(gas.assetPerNative, market.decimals) * 10n ** 18n;
  const ask = quotes[gas.collateral]?.ask ?? 0n;
  return ask === 0n ? undefined : ask;
}
