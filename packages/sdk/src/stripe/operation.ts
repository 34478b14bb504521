import type { Address } from 'viem';

/** What planners need to know of an operation. */
export type PlannedOperation = {
  kind: 'supply' | 'repay' | 'withdraw' | 'borrow' | 'supplyCollateral' | 'withdrawCollateral';
  owner: Address;
  /** Base units of the token that moves. */
  amount: bigint;
  /** Number of the collateral, for those that move one. */
  collateral?: number | undefined;
  /** The most that one till may hold afterwards: `cap / L` of a collateral. Default: no limit. */
  mostPerTill?: bigint | undefined;
};

/** Where one operation goes. */
export type Assignment = {
  readonly operation: PlannedOperation;
  /** The stripe of its books and the first till of its money. */
  readonly stripe: number;
  /** All its tills; the first is the stripe. */
  readonly tills: readonly number[];
  /** What is expected to leave each till, in their order; zeros for what comes in. */
  readonly promised: readonly bigint[];
  /** To be passed to the verb or `build*` function. */
  readonly route: bigint;
};

/** Gas of each kind, in thousands: what one operation keeps the next on the same till waiting for. */
export const WEIGHTS: Readonly<Record<PlannedOperation['kind'], number>> = {
  supply: 68,
  repay: 68,
  withdraw: 68,
  borrow: 80,
  supplyCollateral: 48,
  withdrawCollateral: 75,
};

/** Whether tokens leave the tills. */
export function isOutgoing({ kind }: PlannedOperation): boolean {
  return kind === 'withdraw' || kind === 'borrow' || kind === 'withdrawCollateral';
}
