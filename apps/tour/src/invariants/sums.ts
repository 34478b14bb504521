import type { Check } from './check.ts';

export const sharesSum: Check = {
  id: 'MKT-02',
  says: 'The stripes sum to what the people have: shares.',
  findFault: ({ after }) => {
    const held = sum(after.shares.values());
    return held === after.totals.shares
      ? undefined
      : `stripes say ${after.totals.shares}, people have ${held}`;
  },
};

export const debtSum: Check = {
  id: 'MKT-02',
  says: 'The stripes sum to what the people have: debt.',
  findFault: ({ after }) => {
    const owed = sum([...after.positions.values()].map(({ debt }) => debt));
    return owed === after.totals.debt
      ? undefined
      : `stripes say ${after.totals.debt}, people owe ${owed} (scaled)`;
  },
};

export const tillsCoverCash: Check = {
  id: 'MKT-03',
  says: 'The tills hold at least the cash of the books.',
  findFault: ({ after }) => {
    const held = sum(after.tills);
    return held < after.totals.cash ? `books say ${after.totals.cash}, tills hold ${held}` : undefined;
  },
};

export const tillsCoverCollateral: Check = {
  id: 'MKT-03',
  says: 'The tills hold at least the collateral of all positions.',
  findFault: ({ after, market }) => {
    for (const [k, { token }] of market.collaterals.entries()) {
      const held = sum(after.collateralTills[k] ?? []);
      const pledged = sum([...after.positions.values()].map(({ collaterals }) => collaterals[k] ?? 0n));
      if (held < pledged) return `${token.symbol}: people pledged ${pledged}, tills hold ${held}`;
    }
    return undefined;
  },
};

export const capsHold: Check = {
  id: 'MKT-10',
  says: 'No till holds more of a collateral than its part of the cap.',
  findFault: ({ after, market }) => {
    for (const [k, { token, cap }] of market.collaterals.entries()) {
      const most = cap / BigInt(market.stripes);
      const till = (after.collateralTills[k] ?? []).findIndex((balance) => balance > most);
      if (till !== -1)
        return `till ${till} holds ${after.collateralTills[k]?.[till]} of ${token.symbol}, at most ${most}`;
    }
    return undefined;
  },
};

function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}
