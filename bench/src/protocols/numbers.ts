export const WAD = 10n ** 18n;
export const MAX_UINT = 2n ** 256n - 1n;
/** One collateral token in loan tokens, until the scenario lowers it. */
export const PRICE = 2000n;
/** 80 % to borrow, 85 % to be liquidated, 5 % bonus, as far as a protocol has them apart. */
export const BORROW_LTV_BPS = 8000n;
export const LIQUIDATION_LTV_BPS = 8500n;
export const BONUS_BPS = 500n;
/** What a flash borrower holds before. */
export const FLASH_FUNDS = 1000n * WAD;
