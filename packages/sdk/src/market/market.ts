import type { Accrual, Terms, Totals } from '@millrace/protocol/market';
import type { Address } from 'viem';
import type { Token } from './token.ts';

/** One collateral of a market. Fractions in basis points, `cap` in base units over all tills. */
export type Collateral = {
  readonly index: number;
  readonly token: Token;
  readonly oracle: Address;
  readonly borrowLtvBps: bigint;
  readonly liquidationLtvBps: bigint;
  readonly maxBonusBps: bigint;
  readonly cap: bigint;
};

/** What was fixed when the market was created. */
export type MarketParameters = {
  /** L: stripes, and tills. */
  readonly stripes: number;
  readonly rateModel: Address;
  /** `undefined`: open to all. */
  readonly gate: Address | undefined;
  readonly guardian: Address | undefined;
  readonly cover: Address | undefined;
  readonly minEpochSeconds: bigint;
  readonly maxEpochSeconds: bigint;
  readonly feeBps: bigint;
  readonly rewardBps: bigint;
  readonly flashFeeBps: bigint;
  readonly targetHealthBps: bigint;
  /** Base units of the asset. */
  readonly minDebt: bigint;
};

/** A market at one block. Amounts are base units of the asset unless said otherwise. */
export type Market = {
  readonly address: Address;
  readonly name: string;
  readonly symbol: string;
  readonly asset: Token;
  readonly collaterals: readonly Collateral[];
  readonly parameters: MarketParameters;
  readonly blockNumber: bigint;
  /** Of the block, in seconds. */
  readonly time: bigint;
  readonly accrual: Accrual;
  readonly terms: Terms;
  readonly totals: Totals;
  /** Worth of all shares at the settled price, rounded down. */
  readonly supplied: bigint;
  /** All debt now, rounded up. */
  readonly owed: bigint;
  /** What the tills hold: what can leave. */
  readonly liquid: bigint;
  /** First loss, before lenders. */
  readonly reserve: bigint;
  readonly utilisationWad: bigint;
  /** What borrowers pay a year, without compounding. */
  readonly borrowAprWad: bigint;
  /** What lenders earn a year after the fee, without compounding, rounded down. */
  readonly supplyAprWad: bigint;
  /** Price of a share when it is sold (ray). */
  readonly priceRay: bigint;
  /** Price of a share when it is bought now (ray). */
  readonly ceilingRay: bigint;
  /** Whether the guardian's pause lasts. */
  readonly isPaused: boolean;
  /** Whether a checkpoint would be paid for. */
  readonly isDue: boolean;
};
