import { MIN_PRICE, unitsDown, worthDown } from '@millrace/protocol/market';
import { outlookAfter, outlookNow } from './outlook.ts';
import type { Quote, QuoteParameters } from './quote.ts';
import { entryRefusal, refusal } from './refusal.ts';

export type QuoteSupplyParameters = QuoteParameters & { assets: bigint };
/** `shares` is what the owner receives. */
export type QuoteSupplyReturnType = Quote & { readonly shares: bigint };

/**
 * What supplying `assets` would do. Pure; exact for the block the market was read at.
 *
 * @example
 * ```ts
 * const { before, after } = quoteSupply({ market, position, assets })
 * formatPercent(after.supplyAprWad, 'asset')
 * ```
 */
export function quoteSupply({ market, position, assets }: QuoteSupplyParameters): QuoteSupplyReturnType {
  const shares = unitsDown(assets, market.ceilingRay);
  const held = position.shares + shares;
  const after = { ...position, shares: held, supplied: worthDown(held, market.priceRay) };
  return {
    shares,
    before: outlookNow(market, position),
    after: outlookAfter(market, after, { shares, cash: assets }),
    refusal: refusalOf({ market, position, assets }, shares),
  };
}

function refusalOf({ market, assets }: QuoteSupplyParameters, shares: bigint) {
  if (market.isPaused) return entryRefusal(market);
  if (market.priceRay < MIN_PRICE) return refusal(market, 'SupplyClosed', [MIN_PRICE, market.priceRay]);
  if (assets === 0n) return refusal(market, 'ZeroAmount', []);
  return shares === 0n ? refusal(market, 'AmountTooSmall', [assets]) : undefined;
}
