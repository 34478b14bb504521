import { BPS, mulDivDown, mulDivUp, RAY } from '@millrace/protocol';

/** The books of a market at one block. Amounts in base units of the asset, `price` ray, times seconds. */
export type Books = {
  now: bigint;
  settledAt: bigint;
  minEpoch: bigint;
  shares: bigint;
  price: bigint;
  owed: bigint;
  cash: bigint;
  reserve: bigint;
  feeBps: bigint;
  rewardBps: bigint;
};

/** When a checkpoint is worth its gas. `forceAfter` seconds: due in any case; `minProfit` in base units of the asset. */
export type CheckpointRule = { forceAfter: bigint; minProfit: bigint };

export type CheckpointPlan = { act: boolean; reason: 'not-due' | 'not-worth-it' | 'pays' | 'forced' };

/** What a checkpoint now pays its caller, rounded down: a share of the fee on what was earned since the last one. */
export function computeReward(books: Books): bigint {
  const earned = books.cash + books.owed - mulDivUp(books.shares, books.price, RAY) - books.reserve;
  if (earned <= 0n) return 0n;
  return mulDivDown(mulDivDown(earned, books.feeBps, BPS), books.rewardBps, BPS);
}

/** Whether the market would write anything now. */
export function isDue(books: Books): boolean {
  const wait = books.minEpoch === 0n ? 1n : books.minEpoch;
  return books.now - books.settledAt >= wait;
}

/**
 * Whether to checkpoint: when it pays for its gas, or when the last one is too old.
 *
 * @param gasCost in base units of the asset, rounded up
 */
export function planCheckpoint(books: Books, rule: CheckpointRule, gasCost: bigint): CheckpointPlan {
  if (!isDue(books)) return { act: false, reason: 'not-due' };
  if (books.now - books.settledAt >= rule.forceAfter) return { act: true, reason: 'forced' };
  if (computeReward(books) - gasCost >= rule.minProfit) return { act: true, reason: 'pays' };
  return { act: false, reason: 'not-worth-it' };
}
