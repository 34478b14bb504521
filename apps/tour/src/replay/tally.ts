import type { MarketEvent } from '../watch/market-events.ts';

/** What adds up over a replay. Amounts are base units of the loan asset. */
export type Tally = {
  liquidations: number;
  /** Liquidations that closed a position whose collateral no longer covered it. */
  closeOuts: number;
  repaid: bigint;
  badDebt: bigint;
  fromReserve: bigint;
  lenderLoss: bigint;
};

export const NO_TALLY: Tally = {
  liquidations: 0,
  closeOuts: 0,
  repaid: 0n,
  badDebt: 0n,
  fromReserve: 0n,
  lenderLoss: 0n,
};

export function addToTally(tally: Tally, events: readonly MarketEvent[]): Tally {
  const sum = { ...tally };
  for (const { eventName, args } of events) {
    if (eventName === 'Liquidated') {
      sum.liquidations += 1;
      sum.repaid += args.repaid;
      if (args.badDebt > 0n) sum.closeOuts += 1;
    }
    if (eventName === 'BadDebtRealised') {
      sum.badDebt += args.loss;
      sum.fromReserve += args.fromReserve;
      sum.lenderLoss += args.fromLenders;
    }
  }
  return sum;
}
