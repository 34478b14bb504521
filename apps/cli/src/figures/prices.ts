import { formatAmount, formatTokens } from '@millrace/protocol';
import { PRICE_SCALE } from '@millrace/protocol/market';
import type { Token } from '@millrace/sdk';

const PRICE_DECIMALS = 18;

/**
 * The price of one whole token in whole loan assets, as a wad, rounded down.
 *
 * @param price of one base unit in base units of the asset, scaled by 1e36
 */
function wholePrice(price: bigint, token: Token, asset: Token): bigint {
  const numerator = price * 10n ** BigInt(token.decimals + PRICE_DECIMALS);
  return numerator / (PRICE_SCALE * 10n ** BigInt(asset.decimals));
}

/** The inverse of {@link wholePrice}, rounded down. */
export function unitPrice(wholeWad: bigint, token: Token, asset: Token): bigint {
  const numerator = wholeWad * PRICE_SCALE * 10n ** BigInt(asset.decimals);
  return numerator / 10n ** BigInt(token.decimals + PRICE_DECIMALS);
}

/** For people: `1,999.99 USDC`. Unknown and zero prices are `—`. */
export function formatPrice(price: bigint | undefined, token: Token, asset: Token): string {
  const known = price === undefined || price === 0n ? undefined : wholePrice(price, token, asset);
  return formatTokens(known, PRICE_DECIMALS, 'asset', asset.symbol);
}

/** For programs: the exact decimal number, or null. */
export function priceData(price: bigint | undefined, token: Token, asset: Token): string | null {
  if (price === undefined || price === 0n) return null;
  return formatAmount(wholePrice(price, token, asset), PRICE_DECIMALS);
}
