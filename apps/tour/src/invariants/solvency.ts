import { RAY } from '@millrace/protocol';
import { grownUp } from '@millrace/protocol/market';
import type { MarketSnapshot } from '../watch/snapshot.ts';
import type { Check, Step } from './check.ts';

/**
 * `R = Σcash + Σdebt · I(t) − S · P − F`, what the market holds beyond what it owes. Base units of the asset times 1e27,
 * so that nothing is rounded but the index itself.
 */
function surplusRay({ accrual, terms, totals }: MarketSnapshot, time: bigint): bigint {
  const index = grownUp(accrual.index, terms.rate, time - accrual.settledAt);
  return (totals.cash - terms.reserve) * RAY + totals.debt * index - totals.shares * accrual.price;
}

export const solvent: Check = {
  id: 'MKT-01',
  says: 'What is there and what is owed to the market covers what lenders and the reserve are owed.',
  findFault: ({ after, time }) => {
    const surplus = surplusRay(after, time);
    return surplus < 0n ? `R is ${surplus} / 1e27` : undefined;
  },
};

export const surplusGrows: Check = {
  id: 'MKT-01',
  says: 'Between checkpoints the surplus never falls.',
  findFault: (step) => {
    if (wasSettled(step)) return undefined;
    const [was, is] = [surplusRay(step.before, step.timeBefore), surplusRay(step.after, step.time)];
    return is < was ? `R fell from ${was} / 1e27 to ${is} / 1e27` : undefined;
  },
};

/** Checkpoints and bad debt hand out the surplus: then it may fall, to zero at most. */
function wasSettled({ events }: Step): boolean {
  return events.some(({ eventName }) => eventName === 'Checkpointed' || eventName === 'BadDebtRealised');
}
