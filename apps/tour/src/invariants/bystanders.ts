import type { Address } from 'viem';
import { ownersIn } from '../watch/market-events.ts';
import type { Check, Step } from './check.ts';

export const bystandersKeepShares: Check = {
  id: 'MKT-05',
  says: 'Nobody loses shares whom no event of the block names.',
  findFault: (step) => {
    const named = namedIn(step);
    for (const [owner, had] of step.before.shares) {
      const has = step.after.shares.get(owner) ?? 0n;
      if (has < had && !named.has(owner)) return `${owner} had ${had} shares and has ${has}`;
    }
    return undefined;
  },
};

export const bystandersKeepPositions: Check = {
  id: 'MKT-05',
  says: 'Nobody owes more or loses collateral whom no event of the block names.',
  findFault: (step) => {
    const named = namedIn(step);
    for (const [owner, had] of step.before.positions) {
      const has = step.after.positions.get(owner);
      if (has === undefined || named.has(owner)) continue;
      if (has.debt > had.debt) return `${owner} owed ${had.debt} and owes ${has.debt} (scaled)`;
      const lost = had.collaterals.findIndex((amount, k) => (has.collaterals[k] ?? 0n) < amount);
      if (lost !== -1)
        return `${owner} had ${had.collaterals[lost]} of collateral ${lost} and has ${has.collaterals[lost]}`;
    }
    return undefined;
  },
};

function namedIn({ events }: Step): Set<Address> {
  return new Set(events.flatMap(ownersIn));
}
