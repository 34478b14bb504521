import { buildSetPrice, type DeployedMarket, devnetAccount } from '@millrace/devnet';
import type { Call } from '../chain/tour-chain.ts';

/** A slow feed moves when the price has moved by so much, as Chainlink's do. */
const SLOW_FEED_BPS = 50n;
const STABLE_PRICE = 10n ** 8n;

/** What the slow feed said last; `undefined` before it has said anything. */
export type SlowFeed = bigint | undefined;

/** Whether the slow feed follows `price` now. */
export function followsSlowly(last: SlowFeed, price: bigint): boolean {
  if (last === undefined) return true;
  const moved = price > last ? price - last : last - price;
  return moved * 10_000n >= last * SLOW_FEED_BPS;
}

/**
 * The calls that publish a price of ether on every feed of the markets. Where a market compares two feeds, the second is
 * slow: it moves only when the price has moved by half a percent since it last did.
 *
 * @param price dollars, 8 decimals
 */
export function publishPrices(markets: readonly DeployedMarket[], price: bigint, slow: SlowFeed): Call[] {
  const from = devnetAccount(0).address;
  const moves = followsSlowly(slow, price);
  return markets.flatMap((market) =>
    market.collaterals.flatMap(({ oracle, token }, index) => {
      const isPair = oracle.kind === 'feeds' && oracle.feeds.length === 2;
      const answer = token.symbol === 'DAI' ? STABLE_PRICE : price;
      const feed = isPair && !moves ? ({ feed: 0 } as const) : {};
      return buildSetPrice(market, answer, { index, ...feed }).map(({ to, data = '0x' }) => ({
        from,
        to,
        data,
      }));
    }),
  );
}
