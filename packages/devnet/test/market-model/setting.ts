import type { RateModel } from '@millrace/protocol/market';

/** What differs between the markets that are compared: fractions bps, epochs seconds. */
export type Setting = {
  readonly name: string;
  readonly rateModel: RateModel;
  /** Who may not borrow, by the number of the actor; without it there is no gate. */
  readonly mayNotBorrow?: number | undefined;
  readonly hasCover: boolean;
  readonly stripes: number;
  readonly minEpoch: number;
  readonly maxEpoch: number;
  readonly feeBps: number;
  readonly rewardBps: number;
  readonly flashFeeBps: number;
  readonly initialAprWad: bigint;
  readonly minDebt: bigint;
};

const PERCENT = 10n ** 16n;
const KINK: RateModel = {
  kind: 'kink',
  base: PERCENT,
  slope1: 4n * PERCENT,
  kink: 80n * PERCENT,
  slope2: 100n * PERCENT,
};
const ADAPTIVE: RateModel = {
  kind: 'adaptive',
  initialLevel: 4n * PERCENT,
  minLevel: PERCENT / 10n,
  maxLevel: 200n * PERCENT,
  speed: 5_000n * PERCENT,
};

/** One stripe that checkpoints at every new time, four with everything on, sixty-four as deployed, and a broken model. */
export const SETTINGS: readonly Setting[] = [
  {
    name: 'L = 1, a checkpoint at every time, kink',
    rateModel: KINK,
    hasCover: false,
    stripes: 1,
    minEpoch: 0,
    maxEpoch: 0,
    feeBps: 1_000,
    rewardBps: 0,
    flashFeeBps: 0,
    initialAprWad: 3n * PERCENT,
    minDebt: 0n,
  },
  {
    name: 'L = 4, adaptive, gate, cover',
    rateModel: ADAPTIVE,
    mayNotBorrow: 3,
    hasCover: true,
    stripes: 4,
    minEpoch: 60,
    maxEpoch: 3_600,
    feeBps: 2_000,
    rewardBps: 1_000,
    flashFeeBps: 5,
    initialAprWad: 90n * PERCENT,
    minDebt: 100_000_000n,
  },
  {
    name: 'L = 64, kink, cover',
    rateModel: KINK,
    hasCover: true,
    stripes: 64,
    minEpoch: 60,
    maxEpoch: 86_400,
    feeBps: 5_000,
    rewardBps: 500,
    flashFeeBps: 9,
    initialAprWad: 400n * PERCENT,
    minDebt: 1_000_000n,
  },
  {
    name: 'L = 4, a rate model that fails',
    rateModel: { kind: 'broken' },
    hasCover: false,
    stripes: 4,
    minEpoch: 1,
    maxEpoch: 600,
    feeBps: 0,
    rewardBps: 0,
    flashFeeBps: 100,
    initialAprWad: 300n * PERCENT,
    minDebt: 5n,
  },
];
