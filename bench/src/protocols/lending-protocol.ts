import type { Address } from 'viem';
import type { Call } from '../chain/bench-chain.ts';
import type { Description } from './description.ts';

/** What the users of the measured block do. */
export const KINDS = ['supply', 'borrow', 'repay', 'withdraw'] as const;
export type Kind = (typeof KINDS)[number];

/** What one user does in the measured block. @param amount base units of the asset */
export type Job = { kind: Kind; user: Address; amount: bigint };

/**
 * A deployed protocol with one market, and the transaction that a user sends for each operation. Amounts are base units
 * of the asset or of the collateral, both with 18 decimals.
 */
export type LendingProtocol = {
  /** What users approve. */
  address: Address;
  asset: Address;
  collateral: Address;
  supply(user: Address, assets: bigint): Promise<Call>;
  supplyCollateral(user: Address, amount: bigint): Promise<Call>;
  borrow(user: Address, assets: bigint): Promise<Call>;
  repay(user: Address, assets: bigint): Promise<Call>;
  repayAll(user: Address): Promise<Call>;
  withdraw(user: Address, assets: bigint): Promise<Call>;
  withdrawAll(user: Address): Promise<Call>;
  withdrawCollateral(user: Address, amount: bigint): Promise<Call>;
  withdrawCollateralAll(user: Address): Promise<Call>;
  /** @param most base units of the asset to repay for the owner */
  liquidate(liquidator: Address, owner: Address, most: bigint): Promise<Call>;
  flashLoan(user: Address, assets: bigint): Promise<Call>;
  /** @param price of one collateral token in loan tokens */
  setPrice(price: bigint): Call;
  /** What settles a market that does not settle in each operation. Peers have no such call. */
  checkpoint?(user: Address): Call;
  /** What a keeper does once the first lender and the first borrower are there. Peers need none. */
  tend?(lender: Address): Promise<void>;
  /** The calls of a whole block, in the order of the jobs; without it, each job as it comes. */
  plan?(jobs: readonly Job[]): Promise<Call[]>;
  /** What its contracts and their variables are called. */
  describe(): Promise<Description>;
};
