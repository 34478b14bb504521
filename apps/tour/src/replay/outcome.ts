import type { ReplayName } from '@millrace/devnet/prices';
import type { Violation } from '../invariants/check.ts';

/** How a replay ended. Amounts are base units of the dollar that is lent (6 decimals), over all markets. */
export type Outcome = {
  replay: ReplayName;
  blocks: number;
  invariantsHeld: boolean;
  liquidations: number;
  /** Debt that no collateral covered. */
  badDebt: bigint;
  /** What the markets hold at the end to bear losses first. */
  reserve: bigint;
  /** The part of the bad debt that lenders bore by a lower price. */
  lenderLoss: bigint;
  /** The first thing that did not hold. */
  violation: Violation | undefined;
};
