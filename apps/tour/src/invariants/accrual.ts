import { grownUp, MIN_SLEW } from '@millrace/protocol/market';
import { greater } from '../amounts.ts';
import type { Check } from './check.ts';

export const indexRises: Check = {
  id: 'MKT-04',
  says: 'The borrow index never falls.',
  findFault: ({ before, after }) =>
    after.accrual.index < before.accrual.index
      ? `it fell from ${before.accrual.index} to ${after.accrual.index}`
      : undefined,
};

export const priceFallsByBadDebtAlone: Check = {
  id: 'MKT-04',
  says: 'The price of a share falls only where lenders bear bad debt.',
  findFault: ({ before, after, events }) => {
    if (after.accrual.price >= before.accrual.price) return undefined;
    const borne = events.some(
      (event) => event.eventName === 'BadDebtRealised' && event.args.fromLenders > 0n,
    );
    return borne
      ? undefined
      : `it fell from ${before.accrual.price} to ${after.accrual.price} without bad debt`;
  },
};

export const priceBelowCeiling: Check = {
  id: 'MKT-04',
  says: 'The price of a share never rises above the ceiling.',
  findFault: ({ before, after, time }) => {
    const ceiling = grownUp(before.accrual.price, before.terms.rate, time - before.accrual.settledAt);
    return after.accrual.price > ceiling ? `it is ${after.accrual.price}, the ceiling ${ceiling}` : undefined;
  },
};

export const rateSlews: Check = {
  id: 'MKT-14',
  says: 'The rate moves at a checkpoint only, and no faster than its slew.',
  findFault: ({ before, after, events, time }) => {
    const { rate } = before.terms;
    const moved = after.terms.rate > rate ? after.terms.rate - rate : rate - after.terms.rate;
    if (moved === 0n) return undefined;
    if (!events.some(({ eventName }) => eventName === 'Checkpointed')) return 'it moved without a checkpoint';
    const most = (greater(rate, MIN_SLEW) * (time - before.terms.rateSetAt)) / 3600n;
    return moved > most ? `it moved by ${moved} per second, at most ${most}` : undefined;
  },
};
