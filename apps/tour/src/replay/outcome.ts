import type { ReplayName } from '@millrace/devnet/prices';
import type { Violation } from '../invariants/check.ts';
import type { Moment } from './run-replay.ts';

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

/** What a replay came to, from its last moment. */
export function toOutcome(replay: ReplayName, { blocks, tally, violations, snapshot }: Moment): Outcome {
  return {
    replay,
    blocks,
    invariantsHeld: violations.length === 0,
    liquidations: tally.liquidations,
    badDebt: tally.badDebt,
    reserve: snapshot.markets.reduce((sum, { terms }) => sum + terms.reserve, 0n),
    lenderLoss: tally.lenderLoss,
    violation: violations[0],
  };
}
