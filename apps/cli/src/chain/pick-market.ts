import type { DeployedMarket } from '@millrace/devnet';
import { type Address, getAddress, isAddress } from 'viem';
import { UsageError } from '../usage-error.ts';
import { sameToken } from '../words/same-token.ts';

export type MarketWish = {
  /** Symbol, name or address, from `--market`, the environment or the configuration. */
  named: string | undefined;
  /** Only markets where this token plays this part. */
  asset?: string | undefined;
  collateral?: string | undefined;
};

/**
 * Which market is meant: the one that is named, else the only one that fits.
 *
 * @throws {@link UsageError} `UNKNOWN_MARKET`, `AMBIGUOUS_MARKET`, `UNKNOWN_TOKEN`, each with what there is.
 */
export function pickMarket(markets: readonly DeployedMarket[], wish: MarketWish): Address {
  if (wish.named !== undefined && isAddress(wish.named, { strict: false })) return getAddress(wish.named);
  const named = wish.named === undefined ? markets : byName(markets, wish.named);
  if (named.length === 0) {
    throw new UsageError(
      `There is no market “${wish.named ?? ''}”.`,
      'UNKNOWN_MARKET',
      `There are: ${listed(markets)}.`,
    );
  }
  const fitting = named.filter((market) => fits(market, wish));
  const [first, second] = fitting;
  if (first === undefined) throw unknownToken(named, wish);
  if (second === undefined) return first.address;
  throw new UsageError(
    'It could be one of several markets.',
    'AMBIGUOUS_MARKET',
    `Say which with --market or MILLRACE_MARKET: ${listed(fitting)}.`,
    { markets: fitting.map(({ symbol, address }) => ({ symbol, address })) },
  );
}

function byName(markets: readonly DeployedMarket[], text: string): readonly DeployedMarket[] {
  const same = (name: string) => name.toLowerCase() === text.toLowerCase();
  const exact = markets.filter(({ symbol, name }) => same(symbol) || same(name));
  return exact.length > 0 ? exact : markets.filter(({ asset }) => same(asset.symbol));
}

function fits(market: DeployedMarket, { asset, collateral }: MarketWish): boolean {
  if (asset !== undefined && !sameToken(market.asset.symbol, asset)) return false;
  return (
    collateral === undefined || market.collaterals.some(({ token }) => sameToken(token.symbol, collateral))
  );
}

function unknownToken(markets: readonly DeployedMarket[], { asset, collateral }: MarketWish): UsageError {
  const what = asset === undefined ? `takes ${collateral} as collateral` : `lends ${asset}`;
  return new UsageError(`No market here ${what}.`, 'UNKNOWN_TOKEN', `There are: ${listed(markets)}.`);
}

function listed(markets: readonly DeployedMarket[]): string {
  return markets.map(({ symbol, name }) => `${symbol} (${name})`).join(', ');
}
