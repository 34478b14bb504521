/** The operations that are compared, in the order of the tables. */
export const OPERATIONS = [
  'supply',
  'collateral',
  'borrow',
  'repay',
  'withdraw',
  'withdrawCollateral',
  'liquidate',
  'flash',
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** The row of the scenario that stands for an operation: a repeat user, a part of the position. */
export const ROW_OF: Readonly<Record<Operation, string>> = {
  supply: 'supply, repeat',
  collateral: 'supply collateral, repeat',
  borrow: 'borrow, repeat',
  repay: 'repay, partial',
  withdraw: 'withdraw, partial',
  withdrawCollateral: 'withdraw collateral, in debt',
  liquidate: 'liquidate',
  flash: 'flash loan',
};

/** What each operation may cost at most, in gas. */
export const LIMITS: Readonly<Record<Operation, number>> = {
  supply: 68_000,
  collateral: 48_000,
  borrow: 80_000,
  repay: 68_000,
  withdraw: 68_000,
  withdrawCollateral: 75_000,
  liquidate: 118_000,
  flash: 45_000,
};

/** Published figures of the same scenario, not measured here, thousands of gas. */
export const PUBLISHED: Readonly<Record<string, Partial<Record<Operation, number>>>> = {
  'Aave 3.6': {
    supply: 136,
    collateral: 126,
    borrow: 198,
    repay: 135,
    withdraw: 145,
    liquidate: 267,
    flash: 138,
  },
  'Morpho Blue': {
    supply: 96,
    collateral: 54,
    borrow: 102,
    repay: 96,
    withdraw: 94,
    liquidate: 122,
    flash: 46,
  },
  Comet: { supply: 82, collateral: 78, borrow: 100, repay: 81, withdraw: 78, liquidate: 226 },
};
