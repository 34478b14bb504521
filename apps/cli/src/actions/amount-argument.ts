/** What every amount on a command line may be. */
export const amountArgument = { about: 'a number such as 1000 or 1.5, a share such as 50%, or max' } as const;

/** Names the market by what it lends, when there are several. */
export const assetArgument = {
  about: 'symbol of the loan asset, when several markets are open',
  optional: true,
} as const;

/** Names the collateral, and the market that takes it. */
export const collateralArgument = {
  about: 'symbol of the collateral, when there are several',
  optional: true,
} as const;
