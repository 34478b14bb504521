import type { Accrual, Position, Quote, Terms, Totals } from '@millrace/protocol/market';
import type { Address } from 'viem';

/** Everything that the invariants speak of, of one market at one block. Units as in `IMarket`. */
export type MarketSnapshot = {
  accrual: Accrual;
  terms: Terms;
  totals: Totals;
  /** Balance of the loan asset in each till. */
  tills: readonly bigint[];
  /** Balance of each collateral in each till. */
  collateralTills: readonly (readonly bigint[])[];
  quotes: readonly Quote[];
  /** Shares of everybody who ever had to do with the market. */
  shares: ReadonlyMap<Address, bigint>;
  /** Scaled debt and collateral of the same people. */
  positions: ReadonlyMap<Address, Position>;
};

/** All markets at one block; `time` is unix seconds. */
export type Snapshot = { block: number; time: bigint; markets: readonly MarketSnapshot[] };
