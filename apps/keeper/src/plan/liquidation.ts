import { BPS, divide, mulDivDown } from '@millrace/protocol';
import { PRICE_SCALE } from '@millrace/protocol/market';
import type { Address } from 'viem';

/** One way to liquidate a position: by seizing collateral `index`. Amounts in base units. */
export type Candidate = {
  index: number;
  /** The collateral that is named, and how much of it leaves the tills. */
  named: { token: Address; amount: bigint };
  /** What is paid, base units of the asset. */
  repay: bigint;
  /** Every collateral that would be received: a close-out takes all, otherwise it is one. */
  seized: readonly { amount: bigint; bid: bigint; ask: bigint }[];
  closeOut: boolean;
};

/** What makes a liquidation worth it. `minProfit` in base units of the asset; `haircutBps` is lost when selling. */
export type LiquidationRule = { minProfit: bigint; haircutBps: bigint };

export type LiquidationChoice = { candidate: Candidate; maxRepay: bigint; profit: bigint };

/**
 * What is left after repaying, selling what was seized at the bid, and paying gas. Rounded down. Where sources disagree
 * there is no bid, and the ask counts.
 */
export function computeProfit(candidate: Candidate, rule: LiquidationRule, gasCost: bigint): bigint {
  let value = 0n;
  for (const { amount, bid, ask } of candidate.seized) {
    value += mulDivDown(amount, bid === 0n ? ask : bid, PRICE_SCALE);
  }
  return mulDivDown(value, BPS - rule.haircutBps, BPS) - candidate.repay - gasCost;
}

/**
 * The same liquidation with no more than `budget`; `undefined` when that cannot be done: a close-out is all or nothing,
 * and a part that seizes nothing is none.
 */
export function withinBudget(candidate: Candidate, budget: bigint): Candidate | undefined {
  if (candidate.repay <= budget) return candidate;
  if (candidate.closeOut || budget <= 0n) return undefined;
  const seized = candidate.seized.map((one) => ({
    ...one,
    amount: mulDivDown(one.amount, budget, candidate.repay),
  }));
  return seized.some(({ amount }) => amount > 0n) ? { ...candidate, repay: budget, seized } : undefined;
}

/**
 * The candidate that earns most, or `undefined` when none earns enough.
 *
 * @param gasCost in base units of the asset, rounded up
 */
export function chooseLiquidation(
  candidates: readonly Candidate[],
  budget: bigint,
  rule: LiquidationRule,
  gasCost: bigint,
): LiquidationChoice | undefined {
  let best: LiquidationChoice | undefined;
  for (const each of candidates) {
    const candidate = withinBudget(each, budget);
    if (candidate === undefined) continue;
    const profit = computeProfit(candidate, rule, gasCost);
    if (profit < rule.minProfit || (best !== undefined && profit <= best.profit)) continue;
    best = { candidate, maxRepay: allowedRepay(candidate, budget), profit };
  }
  return best;
}

/** Room for interest between snapshot and block: one part in a thousand, within the budget. */
function allowedRepay(candidate: Candidate, budget: bigint): bigint {
  const roomy = candidate.repay + candidate.repay / 1_000n + 1n;
  return roomy < budget ? roomy : budget;
}

/** Gas in base units of the asset, rounded up. `price`: base units of the asset per wei, scaled by 1e36. */
export function computeGasCost(gas: bigint, weiPerGas: bigint, price: bigint): bigint {
  return divide(gas * weiPerGas * price, PRICE_SCALE, 'up');
}
