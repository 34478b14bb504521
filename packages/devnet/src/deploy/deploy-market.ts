import { aprToRatePerSecond, MillraceError } from '@millrace/protocol';
import { marketFactoryAbi } from '@millrace/protocol/contracts/market-factory';
import { type Address, encodeFunctionData, parseEventLogs, zeroAddress } from 'viem';
import type { DevnetClient } from '../chain/devnet-client.ts';
import { transact } from '../chain/transact.ts';
import { type DeployCollateralOptions, deployCollateral } from './deploy-collateral.ts';
import { type DeployTokenOptions, ensureToken } from './deploy-token.ts';
import type { DeployedMarket, DeployedToken, Deployment } from './deployment.ts';

export type DeployMarketOptions = {
  /** The loan asset: a token that exists, or one to make. Default: a mock USDC with 6 decimals. */
  asset?: DeployedToken | DeployTokenOptions | undefined;
  /** One to eight. Default: a mock WETH at 3,000. */
  collaterals?: readonly DeployCollateralOptions[] | undefined;
  name?: string | undefined;
  symbol?: string | undefined;
  /** L. Default: 64. */
  stripes?: number | undefined;
  /** Default: `kink`. */
  rateModel?: 'kink' | 'adaptive' | Address | undefined;
  gate?: Address | undefined;
  /** Who may pause. Default: nobody. */
  guardian?: Address | undefined;
  cover?: Address | undefined;
  /** Seconds. Default: 60. */
  minEpoch?: number | undefined;
  /** Seconds. Default: one day. */
  maxEpoch?: number | undefined;
  /** Default: 1000 (10 %). */
  feeBps?: number | undefined;
  /** Default: 500 (5 % of the fee). */
  rewardBps?: number | undefined;
  /** Default: 0. */
  flashFeeBps?: number | undefined;
  /** Default: 10500 (1.05). */
  targetHealthBps?: number | undefined;
  /** Interest a year until the first checkpoint, wad. Default: 2 %. */
  initialAprWad?: bigint | undefined;
  /** Base units of the asset. Default: 10 whole ones. */
  minDebt?: bigint | undefined;
};

const DEFAULT_ASSET: DeployTokenOptions = { name: 'USD Coin', symbol: 'USDC', decimals: 6 };
const DEFAULT_APR = 2n * 10n ** 16n;
/** Two contracts of 24 KiB, read from chunks: near the limit of one transaction (EIP-7825). */
const CREATE_GAS = 16_000_000n;

/**
 * Creates a market, and whatever tokens and oracles it needs.
 *
 * @returns what a {@link Deployment} keeps of it; the caller adds it to `markets`
 *
 * @example
 * ```ts
 * const market = await deployMarket(client, deployment, { stripes: 64, collaterals: [{ price: '3000' }] })
 * deployment.markets.push(market)
 * ```
 */
export async function deployMarket(
  client: DevnetClient,
  deployment: Deployment,
  options: DeployMarketOptions = {},
): Promise<DeployedMarket> {
  const asset = await ensureToken(client, options.asset ?? DEFAULT_ASSET);
  const collaterals: DeployedMarket['collaterals'] = [];
  for (const each of options.collaterals ?? [{ price: '3000' }]) {
    collaterals.push(await deployCollateral(client, asset, each));
  }
  const named = name(asset, collaterals, options);
  const stripes = options.stripes ?? 64;
  const rateModel = rateModelOf(deployment, options.rateModel ?? 'kink');
  const config = {
    asset: asset.address,
    ...named,
    stripes,
    rateModel,
    ...terms(asset, options),
    collaterals: collaterals.map(({ token, oracle, ...limits }) => ({
      ...limits,
      token: token.address,
      oracle: oracle.address,
    })),
  };
  const data = encodeFunctionData({ abi: marketFactoryAbi, functionName: 'createMarket', args: [config] });
  const receipt = await transact(client, { to: deployment.marketFactory, data, gas: CREATE_GAS });
  const [created] = parseEventLogs({
    abi: marketFactoryAbi,
    logs: receipt.logs,
    eventName: 'MarketCreated',
  });
  if (!created)
    throw new MillraceError('No market was created.', { code: 'DEPLOY_FAILED', fault: 'protocol' });
  const { market: address } = created.args;
  return { address, ...named, asset, collaterals, stripes, rateModel, createdAtBlock: receipt.blockNumber };
}

function name(
  asset: DeployedToken,
  collaterals: DeployedMarket['collaterals'],
  options: DeployMarketOptions,
): { name: string; symbol: string } {
  const basket = collaterals.map(({ token }) => token.symbol).join(', ');
  return {
    name: options.name ?? `Millrace ${asset.symbol} (${basket})`,
    symbol: options.symbol ?? `mr${asset.symbol}`,
  };
}

function rateModelOf(deployment: Deployment, model: 'kink' | 'adaptive' | Address): Address {
  if (model === 'kink') return deployment.kinkRate;
  return model === 'adaptive' ? deployment.adaptiveRate : model;
}

function terms(asset: DeployedToken, options: DeployMarketOptions) {
  return {
    gate: options.gate ?? zeroAddress,
    guardian: options.guardian ?? zeroAddress,
    cover: options.cover ?? zeroAddress,
    minEpoch: options.minEpoch ?? 60,
    maxEpoch: options.maxEpoch ?? 86_400,
    feeBps: options.feeBps ?? 1_000,
    rewardBps: options.rewardBps ?? 500,
    flashFeeBps: options.flashFeeBps ?? 0,
    targetHealthBps: options.targetHealthBps ?? 10_500,
    initialRate: aprToRatePerSecond(options.initialAprWad ?? DEFAULT_APR, 'down'),
    minDebt: options.minDebt ?? 10n * 10n ** BigInt(asset.decimals),
  };
}
