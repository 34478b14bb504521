import type { Health } from '@millrace/protocol/market';

/** What a borrower sees of their position. Amounts in base units, `asks` per base unit × 1e36. */
export type BorrowerView = {
  debt: bigint;
  /** What the tills of the market hold: what could be borrowed at most. */
  liquid: bigint;
  health: Health;
  /** How far the price is below its highest of the last day. */
  fallBps: bigint;
  asks: readonly bigint[];
  liquidationLtvBps: readonly bigint[];
};

/** What a lender sees. */
export type LenderView = {
  shares: bigint;
  /** Worth of the shares now (base units of the asset). */
  worth: bigint;
  liquid: bigint;
  /** How far the price is below its highest of the last day. */
  fallBps: bigint;
  /** wad a year */
  supplyApr: bigint;
};

/** What somebody does. Amounts are base units of the token that moves. */
export type Deed =
  | { kind: 'repay'; amount: bigint }
  | { kind: 'pledge'; collateral: number; amount: bigint }
  | { kind: 'borrow'; amount: bigint }
  /** Pledges the market's first collateral and borrows against it. */
  | { kind: 'open'; pledged: bigint; amount: bigint }
  | { kind: 'supply'; amount: bigint }
  | { kind: 'withdraw'; amount: bigint };
