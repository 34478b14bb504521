import {
  type Anvil,
  createDevnetClient,
  type DeployedMarket,
  type DeployMarketOptions,
  type Deployment,
  type DevnetClient,
  deployMarket,
  deployProtocol,
  devnetAccount,
  fund,
  startAnvil,
} from '@millrace/devnet';
import { createWalletClient, type HDAccount, http, parseUnits, publicActions } from 'viem';
import { approve, type SdkClient, supply, supplyCollateral } from '../src/index.ts';

export const USDC = (amount: string) => parseUnits(amount, 6);
export const WETH = (amount: string) => parseUnits(amount, 18);

export const lender = devnetAccount(1);
export const borrower = devnetAccount(2);
export const liquidator = devnetAccount(3);
export const stranger = devnetAccount(4);

/** A chain with one market (USDC against WETH at 3,000) that nobody has used yet. */
export type Lending = {
  anvil: Anvil;
  admin: DevnetClient;
  deployment: Deployment;
  market: DeployedMarket;
  /** A client as an app would make it, for one account. */
  as: (account: HDAccount) => SdkClient;
};

export async function startLending(options: DeployMarketOptions = {}): Promise<Lending> {
  const anvil = await startAnvil();
  const admin = createDevnetClient(anvil);
  const deployment = await deployProtocol(admin);
  const market = await deployMarket(admin, deployment, options);
  return { anvil, admin, deployment, market, as: (account) => clientOf(anvil.url, admin.chain, account) };
}

export function clientOf(url: string, chain: DevnetClient['chain'], account: HDAccount): SdkClient {
  const transport = http(url, { retryCount: 0, timeout: 20_000 });
  return createWalletClient({ account, chain, transport, pollingInterval: 20, cacheTime: 0 }).extend(
    publicActions,
  );
}

/** Gives an account tokens, lets the market take them, and lends them. */
export async function lend({ admin, market, as }: Lending, account: HDAccount, assets: bigint) {
  const token = market.asset.address;
  await fund(admin, token, account.address, assets);
  await approve(as(account), { token, spender: market.address, amount: assets });
  return await supply(as(account), { market: market.address, assets });
}

/** The same with collateral 0. */
export async function pledge({ admin, market, as }: Lending, account: HDAccount, amount: bigint) {
  const token = market.collaterals[0]?.token.address ?? '0x';
  await fund(admin, token, account.address, amount);
  await approve(as(account), { token, spender: market.address, amount });
  return await supplyCollateral(as(account), { market: market.address, index: 0, amount });
}
