import type { Market, Position } from '@millrace/sdk';
import { healthData } from './health.ts';
import { priceData } from './prices.ts';
import { liquidationPriceOf } from './render-change.ts';

/**
 * A position for programs: amounts in base units; health in wad, null without debt; prices in whole loan assets for one
 * whole token, null when there is none.
 */
export function positionData(market: Market, position: Position) {
  return {
    supplied: position.supplied,
    shares: position.shares,
    debt: position.debt,
    borrowable: position.available,
    health: healthData(position),
    collaterals: market.collaterals.map(({ index, token }) => {
      const held = position.collaterals[index];
      return {
        symbol: token.symbol,
        token: token.address,
        decimals: token.decimals,
        amount: held?.amount ?? 0n,
        bid: priceData(held?.bid, token, market.asset),
        ask: priceData(held?.ask, token, market.asset),
        liquidationPrice: priceData(liquidationPriceOf(position, index), token, market.asset),
      };
    }),
  };
}

/** Which market it is about, for programs. */
export function marketName(market: Market) {
  const { symbol, name, address, asset } = market;
  return { symbol, name, address, asset: asset.symbol, decimals: asset.decimals };
}
