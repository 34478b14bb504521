import { type Address, getAddress } from 'viem';

/** What can happen with a node. */
export type Experience = 'result' | 'refused' | 'slow' | 'failed' | 'stalled' | 'vanished' | 'dishonest';

/** Half of what is remembered fades in this time. */
export const HALF_LIFE_SECONDS = 3_600;
/** How long a node that was dishonest is not used at all. */
export const DISTRUST_SECONDS = 30 * 86_400;

/** How much each counts; a result counts 1 to the good. */
const WEIGHTS: Readonly<Record<Exclude<Experience, 'result'>, number>> = {
  refused: 0.25,
  slow: 0.5,
  failed: 1,
  stalled: 2,
  vanished: 2,
  dishonest: 8,
};
/** Nobody's record is longer than this: a node that was good for a million jobs is found out as fast as others. */
const MOST_WEIGHT = 64;

/** What is remembered of one node. `good` and `bad` are as of `at`, and fade from then on. */
export type NodeRecord = {
  readonly good: number;
  readonly bad: number;
  /** Seconds since 1970. */
  readonly at: number;
  /** It is not used before; seconds since 1970. */
  readonly distrustedUntil?: number | undefined;
};

/** What is remembered of all nodes. JSON can carry it. */
export type NodeMemory = Readonly<Record<Address, NodeRecord>>;

/** Nothing known of anybody. */
export const NO_MEMORY: NodeMemory = {};

/**
 * What is remembered after one more experience. Pure: the memory given stays as it is.
 *
 * @param at when it happened, seconds since 1970; what comes late counts as of the latest time that is known
 */
export function remember(memory: NodeMemory, node: Address, experience: Experience, at: number): NodeMemory {
  const key = getAddress(node);
  const before = fade(memory[key], at);
  const isGood = experience === 'result';
  const good = Math.min(MOST_WEIGHT, before.good + (isGood ? 1 : 0));
  const bad = Math.min(MOST_WEIGHT, before.bad + (isGood ? 0 : WEIGHTS[experience]));
  const until = experience === 'dishonest' ? before.at + DISTRUST_SECONDS : before.distrustedUntil;
  return { ...memory, [key]: { good, bad, at: before.at, ...(until && { distrustedUntil: until }) } };
}

/**
 * How likely it is that a job given to this node ends well, above 0 and below 1: `(good + 2) / (good + bad + 3)` with both
 * faded to now. A node that nobody knows has 2/3.
 */
export function trustIn(memory: NodeMemory, node: Address, now: number): number {
  const { good, bad } = fade(memory[getAddress(node)], now);
  return (good + 2) / (good + bad + 3);
}

/** Whether a node was dishonest not long ago. */
export function isDistrusted(memory: NodeMemory, node: Address, now: number): boolean {
  return (memory[getAddress(node)]?.distrustedUntil ?? 0) > now;
}

/** The memory without what has faded to nothing. */
export function forget(memory: NodeMemory, now: number): NodeMemory {
  const kept = Object.entries(memory).filter(([, record]) => {
    const { good, bad } = fade(record, now);
    return good + bad > 0.01 || (record.distrustedUntil ?? 0) > now;
  });
  return Object.fromEntries(kept) as NodeMemory;
}

function fade(record: NodeRecord | undefined, now: number): NodeRecord {
  if (record === undefined) return { good: 0, bad: 0, at: now };
  const passed = Math.max(0, now - record.at);
  const left = 2 ** (-passed / HALF_LIFE_SECONDS);
  return { ...record, good: record.good * left, bad: record.bad * left, at: record.at + passed };
}
