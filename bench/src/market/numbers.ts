export const WAD = 10n ** 18n;
export const MAX_UINT = 2n ** 256n - 1n;
/** What an oracle's price is scaled by: base units of the asset for one base unit of collateral. */
export const PRICE_SCALE = 10n ** 36n;
/** One collateral token in loan tokens, until the scenario lowers it. */
export const PRICE = 2000n;
/** No route: the owner's own stripe, then a scan. */
export const NO_ROUTE = 0n;
