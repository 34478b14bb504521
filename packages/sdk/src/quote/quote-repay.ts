import { unitsDown } from '@millrace/protocol/market';
import { basketOf } from '../position/basket-of.ts';
import { toPosition } from '../position/to-position.ts';
import { indexNow } from './index-now.ts';
import { outlookAfter, outlookNow } from './outlook.ts';
import type { Quote, QuoteParameters } from './quote.ts';
import { refusal } from './refusal.ts';

export type QuoteRepayParameters = QuoteParameters & {
  /** More than the debt, such as `maxUint256`, repays all of it. */
  assets: bigint;
};
/** `repaid` is what will be pulled. */
export type QuoteRepayReturnType = Quote & { readonly repaid: bigint };

/** What repaying at most `assets` would do. Pure; the debt grows until the transaction is mined. */
export function quoteRepay({ market, position, assets }: QuoteRepayParameters): QuoteRepayReturnType {
  const repaid = assets < position.debt ? assets : position.debt;
  const scaled = unitsDown(repaid, indexNow(market));
  const basket = basketOf(market, position);
  const after = toPosition(position, { ...basket, debt: position.debt - repaid });
  return {
    repaid,
    before: outlookNow(market, position),
    after: outlookAfter(market, after, { debt: -scaled, cash: repaid }),
    refusal: refusalOf({ market, position, assets }, scaled),
  };
}

function refusalOf({ market, position, assets }: QuoteRepayParameters, scaled: bigint) {
  if (assets === 0n) return refusal(market, 'ZeroAmount', []);
  if (position.debt === 0n) return refusal(market, 'NoDebt', [position.owner]);
  return scaled === 0n ? refusal(market, 'AmountTooSmall', [assets]) : undefined;
}
