import type { Address } from 'viem';
import { least } from '../units/extremes.ts';
import { bpsToWad, WAD } from '../units/fixed-point.ts';
import { indexNow } from './accrual.ts';
import { type Burden, realise } from './bad-debt.ts';
import { collateralAt, held, positionOf, quoteOf, setDebt, setHeld, type Worth, worthOf } from './baskets.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { type Draft, operation } from './draft.ts';
import { clamp, PRICE_SCALE, worthDown, worthUp } from './index-math.ts';
import { bonus, closeOutBonus, isCloseOut, priceOf, repayToTarget } from './liquidation-math.ts';
import { requireGate } from './permissions.ts';
import { refuse } from './refusal.ts';
import { bookStripe, NO_ROUTE } from './route.ts';
import type { Position } from './state.ts';
import { addBorrow } from './stripes.ts';
import { ASSET, NO_LIMIT, pull, send } from './tills.ts';

export type LiquidateArguments = {
  readonly owner: Address;
  /** The collateral to seize. A close-out takes all of them. */
  readonly index: number;
  /** Base units of the asset. */
  readonly maxRepay: bigint;
  /** See `encodeRoute`. Default: the owner's own till. */
  readonly route?: bigint | undefined;
};

export type LiquidateResult = {
  /** What the liquidator paid (base units of the asset), and the scaled debt it settled. */
  readonly repaid: bigint;
  readonly scaled: bigint;
  /** Base units of the collateral that was named. */
  readonly seized: bigint;
  readonly closeOut: boolean;
  /** Who bore the debt that remained, if any did. */
  readonly burden: Burden | undefined;
};

type Decision = {
  readonly repaid: bigint;
  readonly scaled: bigint;
  readonly seized: bigint;
  readonly closeOut: boolean;
};

/** Inside a transaction; see {@link liquidate}. */
export function runLiquidate(m: Draft, sender: Address, args: LiquidateArguments): LiquidateResult {
  const { owner, index: i, route = NO_ROUTE } = args;
  requireGate(m, sender, 'liquidate');
  const decision = decide(m, args);
  const { repaid, scaled, closeOut } = decision;
  const stripe = bookStripe(m.config, route, owner);
  const p = positionOf(m, owner);
  addBorrow(m, stripe, -scaled, repaid);
  setDebt(m, owner, p.debt - scaled);
  const burden = closeOut && p.debt !== scaled ? realise(m, owner, stripe) : undefined;
  const leaving = closeOut ? p.collaterals : p.collaterals.map((_, k) => (k === i ? decision.seized : 0n));
  for (const [k, amount] of leaving.entries()) {
    setHeld(m, owner, k, held(p, k) - amount);
    send(m, k + 1, sender, amount, route, stripe);
  }
  if (repaid !== 0n) pull(m, ASSET, sender, repaid, route, stripe, NO_LIMIT);
  m.used = true;
  return { ...decision, burden };
}

/**
 * Repays up to `maxRepay` of a position whose health is below 1 and takes collateral for it, plus a bonus; or closes it
 * out when its value no longer carries the debt, and realises what remains as bad debt.
 */
export const liquidate = operation(runLiquidate);

function decide(m: Draft, { owner, index: i, maxRepay }: LiquidateArguments): Decision {
  const p = positionOf(m, owner);
  const index = indexNow(m);
  const debt = worthUp(p.debt, index);
  if (debt === 0n) refuse('NoDebt', owner);
  const worth = worthOf(m, p, true);
  if (worth.weighted >= debt) refuse('Healthy', debt, worth.weighted);
  if (!isCloseOut(debt, worth.value)) return partly(m, p, debt, index, worth, i, maxRepay);
  const wanted = closeOutPrice(m, p, debt, worth.value, i, maxRepay);
  if (m.accrual.settledAt !== m.time) writeCheckpoint(m, undefined);
  return { ...clamp(wanted, p.debt, index), seized: held(p, i), closeOut: true };
}

function closeOutPrice(
  m: Draft,
  p: Position,
  debt: bigint,
  value: bigint,
  i: number,
  maxRepay: bigint,
): bigint {
  const terms = collateralAt(m, i);
  if (p.collaterals.some((amount) => amount !== 0n) && held(p, i) === 0n) {
    refuse('InsufficientCollateral', 1n, 0n);
  }
  const wanted = priceOf(value, closeOutBonus(debt, value, bpsToWad(terms.maxBonusBps)));
  if (wanted > maxRepay) refuse('CloseOutOnly', wanted, maxRepay);
  return wanted;
}

function partly(
  m: Draft,
  p: Position,
  debt: bigint,
  index: bigint,
  { value, weighted }: Worth,
  i: number,
  maxRepay: bigint,
): Decision {
  const terms = collateralAt(m, i);
  const lltv = bpsToWad(terms.liquidationLtvBps);
  const { viable, earned } = bonus(debt, value, weighted, lltv, bpsToWad(terms.maxBonusBps));
  if (!viable || held(p, i) === 0n) refuse('WouldWorsen', BigInt(i));
  const { ask } = quoteOf(m, i);
  const target = bpsToWad(m.config.targetHealthBps);
  const toTarget = repayToTarget(debt, weighted, lltv, earned, target, m.config.minDebt);
  const wanted = least(toTarget, priceOf((held(p, i) * ask) / PRICE_SCALE, earned));
  const { repaid, scaled } = clamp(least(wanted, maxRepay), p.debt, index);
  if (scaled === 0n) refuse('AmountTooSmall', repaid);
  // Only what really left the debt buys collateral: rounding in a loop gains nothing.
  const bought = (least(repaid, worthDown(scaled, index)) * (WAD + earned)) / WAD;
  return { repaid, scaled, seized: least(held(p, i), (bought * PRICE_SCALE) / ask), closeOut: false };
}
