/** What an oracle's price is scaled by: base units of the asset for one base unit of collateral. */
export const PRICE_SCALE = 10n ** 36n;
/** No route: the owner's own stripe, then a scan. */
export const NO_ROUTE = 0n;
