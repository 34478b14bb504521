import { least } from '../units/extremes.ts';
import { WAD } from '../units/fixed-point.ts';
import { ceilDiv } from './index-math.ts';

// Mirrors contracts/src/market/LiquidationMath.sol. Values in base units of the asset, fractions in wad.

const BONUS_SLOPE = 2n;
/** Below debt · (1 + this) only a close-out is allowed (wad). */
export const MIN_BONUS = 10n ** 16n;

/** Whether only taking all collateral is allowed. */
export function isCloseOut(debt: bigint, value: bigint): boolean {
  return value * WAD < debt * (WAD + MIN_BONUS);
}

/**
 * Bonus of a partial liquidation (wad); `viable` is false when seizing this collateral would lower health.
 *
 * @param lltv liquidation loan-to-value of the collateral that is seized (wad)
 * @param most the collateral's maximum bonus (wad)
 */
export function bonus(
  debt: bigint,
  value: bigint,
  weighted: bigint,
  lltv: bigint,
  most: bigint,
): { viable: boolean; earned: bigint } {
  const health = (weighted * WAD) / debt;
  if (health < lltv) return { viable: false, earned: 0n };
  const grown = least(BONUS_SLOPE * (WAD - health), most);
  const bound = least((health * WAD) / lltv - WAD, (value * WAD) / debt - WAD);
  return { viable: true, earned: least(grown, bound) };
}

/** What restores the target health, rounded up; everything when less than `dust` would be left. */
export function repayToTarget(
  debt: bigint,
  weighted: bigint,
  lltv: bigint,
  earned: bigint,
  target: bigint,
  dust: bigint,
): bigint {
  const repay = ceilDiv(target * debt - weighted * WAD, target - ((WAD + earned) * lltv) / WAD);
  return repay > debt || debt - repay < dust ? debt : repay;
}

/** Bonus of a close-out (wad): it starts where partial liquidations end and grows with the shortfall of value. */
export function closeOutBonus(debt: bigint, value: bigint, most: bigint): bigint {
  return least(most, MIN_BONUS + (debt * (WAD + MIN_BONUS) - value * WAD) / debt);
}

/** What is paid for `value` at a bonus, rounded up. */
export function priceOf(value: bigint, earned: bigint): bigint {
  return ceilDiv(value * WAD, WAD + earned);
}
