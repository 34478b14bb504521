import { mulDivUp } from '@millrace/protocol';
import { PRICE_SCALE } from '@millrace/protocol/market';
import type { Market, Position } from '@millrace/sdk';
import { sameToken } from '../words/same-token.ts';

const COIN_DECIMALS = 18;

/**
 * What gas costs in the loan asset, rounded up, by the market's own price of the chain's coin in its wrapped form.
 *
 * @param wei of all transactions together
 * @param prices any position of the market: every one carries its prices
 * @param coin symbol of the coin or of its wrapped form
 * @returns `undefined` when the market has no price of it
 */
export function gasCost(market: Market, prices: Position, wei: bigint, coin: string): bigint | undefined {
  if (sameToken(market.asset.symbol, coin) && market.asset.decimals === COIN_DECIMALS) return wei;
  const found = market.collaterals.find(
    ({ token }) => sameToken(token.symbol, coin) && token.decimals === COIN_DECIMALS,
  );
  const ask = found && prices.collaterals[found.index]?.ask;
  return ask ? mulDivUp(wei, ask, PRICE_SCALE) : undefined;
}
