import { BPS } from '@millrace/protocol';

/** The last answer of a feed. `updatedAt` unix seconds. */
export type FeedRound = { roundId: bigint; answer: bigint; updatedAt: bigint };

/** When a feed has to be written, and what is believed. Answers in the feed's decimals. */
export type PriceRule = {
  deviationBps: bigint;
  heartbeat: bigint;
  /** A source that moved further than this in one step is not believed; 0 switches this off. */
  maxJumpBps: bigint;
};

export type PricePlan =
  | { act: true; reason: 'deviation' | 'heartbeat' }
  | { act: false; reason: 'fresh' | 'not-positive' | 'jump' };

/** Whether to write `answer`: it is far enough from the last one, or the last one is old. */
export function planPrice(round: FeedRound, answer: bigint, now: bigint, rule: PriceRule): PricePlan {
  if (answer <= 0n) return { act: false, reason: 'not-positive' };
  const distance = answer > round.answer ? answer - round.answer : round.answer - answer;
  const hasLast = round.answer > 0n;
  if (hasLast && rule.maxJumpBps > 0n && distance * BPS > round.answer * rule.maxJumpBps) {
    return { act: false, reason: 'jump' };
  }
  if (!hasLast || distance * BPS >= round.answer * rule.deviationBps) {
    return distance === 0n ? planHeartbeat(round, now, rule) : { act: true, reason: 'deviation' };
  }
  return planHeartbeat(round, now, rule);
}

function planHeartbeat(round: FeedRound, now: bigint, rule: PriceRule): PricePlan {
  return now - round.updatedAt >= rule.heartbeat
    ? { act: true, reason: 'heartbeat' }
    : { act: false, reason: 'fresh' };
}
