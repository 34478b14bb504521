import {
  addWork,
  appendToFrontier,
  EMPTY_FRONTIER,
  NO_WORK,
  type Receipt,
  type ReceiptFrontier,
  type Work,
} from '@millrace/protocol/compute';
import { billableWork } from '@millrace/protocol/wire';
import type { LastReceipt } from '../plan/check-receipt.ts';
import type { SettledFacts } from '../store/rent-record.ts';

/** The jobs of a channel that have ended, in the order of their receipts. */
export type Settled = {
  readonly frontier: ReceiptFrontier;
  readonly work: Work;
  readonly last: LastReceipt | undefined;
};

/** Before the first. */
export const NOTHING_SETTLED: Settled = { frontier: EMPTY_FRONTIER, work: NO_WORK, last: undefined };

/** With one more receipt, which was checked. */
export function settle({ frontier, work }: Settled, receipt: Receipt, last: LastReceipt): Settled {
  return {
    frontier: appendToFrontier(frontier, last.hash),
    work: addWork(work, billableWork(receipt)),
    last,
  };
}

/** For the journal. */
export function toSettledFacts({ frontier, work, last }: Settled): SettledFacts {
  const { fuel, microseconds, jobs } = work;
  return {
    frontier,
    work: { fuel: `${fuel}`, microseconds: `${microseconds}`, jobs: `${jobs}` },
    ...(last && { last: { sequence: `${last.sequence}`, hash: last.hash, endedAt: `${last.endedAt}` } }),
  };
}

/** From the journal. */
export function fromSettledFacts({ frontier, work, last }: SettledFacts): Settled {
  const { fuel, microseconds, jobs } = work;
  return {
    frontier,
    work: { fuel: BigInt(fuel), microseconds: BigInt(microseconds), jobs: BigInt(jobs) },
    last: last && { sequence: BigInt(last.sequence), hash: last.hash, endedAt: BigInt(last.endedAt) },
  };
}
