import { parseAmount } from '@millrace/protocol';
import type { DeployedToken } from './deployment.ts';

/** Decimals of the mock feeds, as of most Chainlink feeds in dollars. */
export const PRICE_DECIMALS = 8;

const SCALE = 36;

/** A price as people write it (whole loan assets for one whole collateral) with 8 decimals. */
export function parsePrice(price: string): bigint {
  return parseAmount(price, PRICE_DECIMALS);
}

/** A price with 8 decimals in the scale of `IOracle`: base units for base units, times 1e36. */
export function toOraclePrice(
  price: bigint,
  collateral: Pick<DeployedToken, 'decimals'>,
  asset: Pick<DeployedToken, 'decimals'>,
): bigint {
  const exponent = SCALE + asset.decimals - collateral.decimals - PRICE_DECIMALS;
  return exponent >= 0 ? price * 10n ** BigInt(exponent) : price / 10n ** BigInt(-exponent);
}
