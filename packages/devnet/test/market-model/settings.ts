import type { RateModel } from '@millrace/protocol/market';
import type { Setting } from './deploy-market.ts';

const KINK: RateModel = {
  kind: 'kink',
  base: 10n ** 16n,
  slope1: 4n * 10n ** 16n,
  kink: 8n * 10n ** 17n,
  slope2: 10n ** 18n,
};
const ADAPTIVE: RateModel = {
  kind: 'adaptive',
  initialLevel: 4n * 10n ** 16n,
  minLevel: 10n ** 15n,
  maxLevel: 2n * 10n ** 18n,
  speed: 50n * 10n ** 18n,
};

/** One stripe that checkpoints at every new time, four with everything on, sixty-four as deployed, and a broken model. */
export const SETTINGS: readonly Setting[] = [
  {
    name: 'L = 1, a checkpoint at every time, kink',
    rateModel: KINK,
    hasCover: false,
    terms: {
      stripes: 1,
      minEpoch: 0n,
      maxEpoch: 0n,
      feeBps: 1_000n,
      rewardBps: 0n,
      flashFeeBps: 0n,
      initialRate: 10n ** 9n,
      minDebt: 0n,
    },
  },
  {
    name: 'L = 4, adaptive, gate, cover',
    rateModel: ADAPTIVE,
    mayNotBorrow: 3,
    hasCover: true,
    terms: {
      stripes: 4,
      minEpoch: 60n,
      maxEpoch: 3_600n,
      feeBps: 2_000n,
      rewardBps: 1_000n,
      flashFeeBps: 5n,
      initialRate: 3n * 10n ** 10n,
      minDebt: 100_000_000n,
    },
  },
  {
    name: 'L = 64, kink, cover',
    rateModel: KINK,
    hasCover: true,
    terms: {
      stripes: 64,
      minEpoch: 60n,
      maxEpoch: 86_400n,
      feeBps: 5_000n,
      rewardBps: 500n,
      flashFeeBps: 9n,
      initialRate: 126_000_000_000n,
      minDebt: 1_000_000n,
    },
  },
  {
    name: 'L = 4, a rate model that fails',
    rateModel: { kind: 'broken' },
    hasCover: false,
    terms: {
      stripes: 4,
      minEpoch: 1n,
      maxEpoch: 600n,
      feeBps: 0n,
      rewardBps: 0n,
      flashFeeBps: 100n,
      initialRate: 10n ** 11n,
      minDebt: 5n,
    },
  },
];
