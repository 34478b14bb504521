import type { Address } from 'viem';
import type { DevnetClient } from '../chain/devnet-client.ts';
import { type DeployOracleOptions, deployOracle } from './deploy-oracle.ts';
import { type DeployTokenOptions, ensureToken } from './deploy-token.ts';
import type { DeployedCollateral, DeployedToken } from './deployment.ts';

export type DeployCollateralOptions = {
  /** A token that exists, or one to make. Default: a mock WETH with 18 decimals. */
  token?: DeployedToken | DeployTokenOptions | undefined;
  /** What one whole token costs in whole loan assets, at first. Default: 3000. */
  price?: string | undefined;
  /** An oracle that exists, or how to make one. Default: a price guard over one mock feed. */
  oracle?: Address | Omit<DeployOracleOptions, 'price'> | undefined;
  /** Default: 8000 (80 %). */
  borrowLtvBps?: number | undefined;
  /** Default: 8600 (86 %). */
  liquidationLtvBps?: number | undefined;
  /** Default: 500 (5 %). */
  maxBonusBps?: number | undefined;
  /** Base units, over all tills. Default: unlimited. */
  cap?: bigint | undefined;
};

const DEFAULT_TOKEN: DeployTokenOptions = { name: 'Wrapped Ether', symbol: 'WETH', decimals: 18 };
const DEFAULT_PRICE = '3000';
const UNLIMITED = 2n ** 128n - 1n;

/** Makes what one collateral of a market needs, with defaults for whatever is not said. */
export async function deployCollateral(
  client: DevnetClient,
  asset: DeployedToken,
  options: DeployCollateralOptions,
): Promise<DeployedCollateral> {
  const token = await ensureToken(client, options.token ?? DEFAULT_TOKEN);
  const { oracle: source, price = DEFAULT_PRICE } = options;
  const oracle =
    typeof source === 'string'
      ? ({ kind: 'given', address: source } as const)
      : await deployOracle(client, token, asset, { ...source, price });
  return {
    token,
    oracle,
    borrowLtvBps: options.borrowLtvBps ?? 8_000,
    liquidationLtvBps: options.liquidationLtvBps ?? 8_600,
    maxBonusBps: options.maxBonusBps ?? 500,
    cap: options.cap ?? UNLIMITED,
  };
}
