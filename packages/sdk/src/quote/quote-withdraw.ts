import { unitsUp, worthDown } from '@millrace/protocol/market';
import { outlookAfter, outlookNow } from './outlook.ts';
import type { Quote, QuoteParameters } from './quote.ts';
import { cashRefusal, refusal } from './refusal.ts';

export type QuoteWithdrawParameters = QuoteParameters &
  ({ assets: bigint; shares?: undefined } | { shares: bigint; assets?: undefined });
/** `assets` leave, `shares` are sold. */
export type QuoteWithdrawReturnType = Quote & { readonly assets: bigint; readonly shares: bigint };

/** What withdrawing `assets`, or redeeming `shares`, would do. Pure; exact for the block the market was read at. */
export function quoteWithdraw(parameters: QuoteWithdrawParameters): QuoteWithdrawReturnType {
  const { market, position } = parameters;
  const { assets, shares } = amountsOf(parameters);
  const held = position.shares > shares ? position.shares - shares : 0n;
  const after = { ...position, shares: held, supplied: worthDown(held, market.priceRay) };
  return {
    assets,
    shares,
    before: outlookNow(market, position),
    after: outlookAfter(market, after, { shares: -shares, cash: -assets }),
    refusal: refusalOf(parameters, assets, shares),
  };
}

function amountsOf({ market, assets, shares }: QuoteWithdrawParameters) {
  if (assets === undefined) return { shares, assets: worthDown(shares, market.priceRay) };
  return { assets, shares: market.priceRay === 0n ? 0n : unitsUp(assets, market.priceRay) };
}

function refusalOf(
  { market, position, assets: wanted }: QuoteWithdrawParameters,
  assets: bigint,
  shares: bigint,
) {
  if (wanted === 0n) return refusal(market, 'ZeroAmount', []);
  if (shares > position.shares) return refusal(market, 'InsufficientShares', [shares, position.shares]);
  return cashRefusal(market, assets);
}
