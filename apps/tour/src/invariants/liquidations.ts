import { RAY, WAD } from '@millrace/protocol';
import { worthAt } from '@millrace/protocol/market';
import type { Address } from 'viem';
import type { MarketSnapshot } from '../watch/snapshot.ts';
import type { Check, Step } from './check.ts';

export const liquidationHelps: Check = {
  id: 'MKT-06',
  says: 'A liquidation raises health or closes the position.',
  findFault: (step) => {
    if (!samePrices(step)) return undefined;
    for (const { eventName, args } of step.events) {
      if (eventName !== 'Liquidated' || movedThemselves(step, args.owner)) continue;
      const [was, is] = [weigh(step.before, step, args.owner), weigh(step.after, step, args.owner)];
      // Scaled debts and the same index on both sides: limit / debt, compared crosswise, without rounding.
      if (is.debt > 0n && is.limit * was.debt < was.limit * is.debt) {
        return `${args.owner} went from ${ratio(was)} to ${ratio(is)}`;
      }
    }
    return undefined;
  },
};

export const badDebtIsBorne: Check = {
  id: 'MKT-04',
  says: 'Bad debt is borne whole: by the reserve, cover, lenders, or donations.',
  findFault: ({ events }) => {
    for (const { eventName, args } of events) {
      if (eventName !== 'BadDebtRealised') continue;
      const borne = args.fromReserve + args.fromCover + args.fromLenders + args.fromDonations;
      if (borne !== args.loss) return `${args.owner} left ${args.loss}, borne were ${borne}`;
    }
    return undefined;
  },
};

export const reserveIsExplained: Check = {
  id: 'MKT-04',
  says: 'The reserve grows by checkpoints and shrinks by bad debt alone.',
  findFault: ({ before, after, events }) => {
    let expected = before.terms.reserve;
    for (const { eventName, args } of events) {
      if (eventName === 'Checkpointed') {
        if (args.reserve < expected) return `a checkpoint lowered it from ${expected} to ${args.reserve}`;
        expected = args.reserve;
      }
      if (eventName === 'BadDebtRealised') expected -= args.fromReserve;
    }
    return after.terms.reserve === expected
      ? undefined
      : `it is ${after.terms.reserve}, explained are ${expected}`;
  },
};

/** Somebody who borrows or takes collateral out in the same block may lower their own health. */
function movedThemselves({ events }: Step, owner: Address): boolean {
  return events.some(
    ({ eventName, args }) =>
      (eventName === 'Borrowed' || eventName === 'CollateralWithdrawn') && args.owner === owner,
  );
}

function samePrices({ before, after }: Step): boolean {
  return before.quotes.every(({ ask }, k) => ask === after.quotes[k]?.ask);
}

type Weight = { limit: bigint; debt: bigint };

/** What may be owed at most (base units), and what is owed (scaled). */
function weigh({ positions, quotes }: MarketSnapshot, { market }: Step, owner: Address): Weight {
  const position = positions.get(owner);
  const limit = market.collaterals.reduce(
    (sum, { liquidationLtvBps }, k) =>
      sum + worthAt(position?.collaterals[k] ?? 0n, quotes[k]?.ask ?? 0n) * BigInt(liquidationLtvBps),
    0n,
  );
  return { limit, debt: position?.debt ?? 0n };
}

function ratio({ limit, debt }: Weight): string {
  return debt === 0n ? '∞' : `${(limit * WAD * RAY) / (debt * 10_000n * RAY)} / 1e18`;
}
