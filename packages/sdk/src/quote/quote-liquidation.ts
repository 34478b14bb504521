import { bpsToWad, least, WAD } from '@millrace/protocol';
import {
  bonus,
  closeOutBonus,
  isCloseOut,
  PRICE_SCALE,
  priceOf,
  repayToTarget,
  unitsDown,
  worthDown,
} from '@millrace/protocol/market';
import { basketOf } from '../position/basket-of.ts';
import type { Position } from '../position/position.ts';
import { toPosition } from '../position/to-position.ts';
import { indexNow } from './index-now.ts';
import type { QuoteParameters } from './quote.ts';

export type QuoteLiquidationParameters = QuoteParameters & {
  /** Number of the collateral to seize. */
  index: number;
  /** The most to pay. Default: whatever is allowed. */
  maxRepay?: bigint | undefined;
};

/** Amounts are base units of the asset unless said otherwise. */
export type QuoteLiquidationReturnType = {
  readonly isLiquidatable: boolean;
  /** Only all collateral at once is sold. */
  readonly isCloseOut: boolean;
  /** Whether this collateral may be seized, for what may be paid. */
  readonly isViable: boolean;
  /** What is repaid: the most that may be, exactly this in a close-out. */
  readonly repay: bigint;
  /** Base units of the collateral that is named. */
  readonly seized: bigint;
  readonly bonusWad: bigint;
  /** What it costs the owner: worth of all that is seized, at the ask, above what is repaid for it. */
  readonly cost: bigint;
  /** Debt that nobody repays. */
  readonly badDebt: bigint;
  readonly after: Position;
};

const NOTHING = {
  isCloseOut: false,
  isViable: false,
  repay: 0n,
  seized: 0n,
  bonusWad: 0n,
  cost: 0n,
  badDebt: 0n,
};

/**
 * What liquidating a position would do, also one that prices have been changed in (`quoteShock`). Pure; amounts are at most
 * two base units from those of `getLiquidation`, which knows the scaled debt.
 *
 * @example
 * ```ts
 * const { after } = quoteShock({ market, position, factorsWad: { 0: 7n * 10n ** 17n } })
 * quoteLiquidation({ market, position: after.position, index: 0 }).cost
 * ```
 */
export function quoteLiquidation({
  market,
  position,
  index,
  maxRepay,
}: QuoteLiquidationParameters): QuoteLiquidationReturnType {
  const { debt, value, limit } = position;
  const terms = market.collaterals[index];
  const held = position.collaterals[index];
  // A market liquidates nobody who holds something that has no price.
  const isBlind = position.collaterals.some(({ amount, ask }) => amount > 0n && ask === 0n);
  const isLiquidatable = debt !== 0n && limit < debt && !isBlind;
  const nothing = { ...NOTHING, isLiquidatable, after: position };
  if (!isLiquidatable || terms === undefined || held === undefined) return nothing;
  const most = bpsToWad(terms.maxBonusBps);
  if (isCloseOut(debt, value)) {
    const bonusWad = closeOutBonus(debt, value, most);
    const repay = priceOf(value, bonusWad);
    const holdsIt = held.amount > 0n || position.collaterals.every(({ amount }) => amount === 0n);
    if (!holdsIt || (maxRepay !== undefined && maxRepay < repay)) return { ...nothing, isCloseOut: true };
    const numbers = { repay, seized: held.amount, bonusWad, cost: value - repay, badDebt: debt - repay };
    return { ...nothing, ...numbers, isCloseOut: true, isViable: true, after: emptied(market, position) };
  }
  const lltv = bpsToWad(terms.liquidationLtvBps);
  const { viable, earned } = bonus(debt, value, limit, lltv, most);
  if (!viable || held.amount === 0n || held.ask === 0n) return nothing;
  const { targetHealthBps, minDebt } = market.parameters;
  const wanted = repayToTarget(debt, limit, lltv, earned, bpsToWad(targetHealthBps), minDebt);
  const payable = priceOf(held.value, earned);
  const allowed = least(wanted, payable);
  const repay = maxRepay === undefined ? allowed : least(allowed, maxRepay);
  const borrowIndex = indexNow(market);
  const settled = worthDown(unitsDown(repay, borrowIndex), borrowIndex);
  const bought = (((settled * (WAD + earned)) / WAD) * PRICE_SCALE) / held.ask;
  const seized = least(bought, held.amount);
  const after = changed(market, position, index, { debt: debt - repay, amount: held.amount - seized });
  return {
    ...nothing,
    isViable: true,
    repay,
    seized,
    bonusWad: earned,
    cost: value - after.value - repay,
    after,
  };
}

function emptied(market: QuoteParameters['market'], position: Position): Position {
  const { holdings } = basketOf(market, position);
  return toPosition(position, { debt: 0n, holdings: holdings.map((each) => ({ ...each, amount: 0n })) });
}

function changed(
  market: QuoteParameters['market'],
  position: Position,
  index: number,
  { debt, amount }: { debt: bigint; amount: bigint },
): Position {
  const { holdings } = basketOf(market, position);
  return toPosition(position, {
    debt,
    holdings: holdings.map((each, i) => (i === index ? { ...each, amount } : each)),
  });
}
