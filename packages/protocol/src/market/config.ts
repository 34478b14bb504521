import type { Address } from 'viem';
import type { RateModel } from './rates.ts';

/** What a gate may be asked about, in the order of the contract's enum. */
export type Action = 'supply' | 'hold' | 'borrow' | 'liquidate';

/** One collateral. Fractions are basis points; `cap` is base units of the token, over all tills. */
export type CollateralConfig = {
  readonly token: Address;
  readonly oracle: Address;
  readonly borrowLtvBps: bigint;
  readonly liquidationLtvBps: bigint;
  readonly maxBonusBps: bigint;
  readonly cap: bigint;
};

/** What is fixed when a market is created (`MarketConfig` of the contracts). Fractions bps, epochs seconds. */
export type MarketConfig = {
  readonly asset: Address;
  /** L, a power of two from 1 to 64. */
  readonly stripes: number;
  readonly rateModel: RateModel;
  /** Default: open to all. */
  readonly gate?: ((account: Address, action: Action) => boolean) | undefined;
  readonly guardian?: Address | undefined;
  /** Who pays bad debt after the reserve, if anyone. */
  readonly cover?: Address | undefined;
  readonly minEpoch: bigint;
  readonly maxEpoch: bigint;
  readonly feeBps: bigint;
  readonly rewardBps: bigint;
  readonly flashFeeBps: bigint;
  readonly targetHealthBps: bigint;
  /** Wad per second. */
  readonly initialRate: bigint;
  /** Base units of the asset. */
  readonly minDebt: bigint;
  readonly collaterals: readonly CollateralConfig[];
};
