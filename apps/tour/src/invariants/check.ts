import type { DeployedMarket } from '@millrace/devnet';
import type { MarketEvent } from '../watch/market-events.ts';
import type { MarketSnapshot } from '../watch/snapshot.ts';

/** One market from one block to the next. Times are unix seconds. */
export type Step = {
  market: DeployedMarket;
  before: MarketSnapshot;
  after: MarketSnapshot;
  timeBefore: bigint;
  time: bigint;
  /** What the market said in the block of `after`, in order. */
  events: readonly MarketEvent[];
};

/** Something that must hold after every block. */
export type Check = {
  /** As in the protocol's specification. */
  id: string;
  /** What must hold, a sentence. */
  says: string;
  /** What is wrong, with figures; nothing when it holds. */
  findFault: (step: Step) => string | undefined;
};

/** A check that did not hold. */
export type Violation = { id: string; says: string; found: string; market: string; block: number };
