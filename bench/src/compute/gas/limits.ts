/** What the promises are about, in gas of the transaction. */
export type ComputeFigures = {
  /** A voucher, redeemed alone. */
  redeem: number;
  /** A voucher, redeemed with 99 others of other payers. */
  redeemBatched: number;
  /** A job with its own escrow: open, submit, accept. */
  escrowPath: number;
};

export const LIMITS: Readonly<ComputeFigures> = {
  redeem: 46_000,
  redeemBatched: 23_000,
  escrowPath: 220_000,
};
