import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Anvil,
  approve,
  createDevnetClient,
  type DeployedMarket,
  type DeployMarketOptions,
  type Deployment,
  type DevnetClient,
  deployMarket,
  deployProtocol,
  devnetAccount,
  fund,
  type StartAnvilOptions,
  startAnvil,
  transact,
} from '@millrace/devnet';
import { parseAmount } from '@millrace/protocol';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { type Account, type Address, bytesToHex, encodeFunctionData, type Hash, type Hex } from 'viem';

/** Account 9 keeps. */
const keeperAccount = devnetAccount(9);
export const KEEPER_KEY = bytesToHex(keeperAccount.getHdKey().privateKey ?? new Uint8Array());
export const WEBHOOK_SECRET = 'a secret of this test';
const LENDER = devnetAccount(1);

/** A chain with a market, a lender, and a place for the keeper's files. */
export type World = {
  anvil: Anvil;
  client: DevnetClient;
  deployment: Deployment;
  market: DeployedMarket;
  keeper: Address;
  folder: string;
  /** Writes a configuration and returns its path. What is given replaces what a plain keeper would get. */
  writeConfig: (changes?: ConfigChanges) => string;
  stop: () => Promise<void>;
};

type Fields = Record<string, unknown>;
type ConfigChanges = {
  name?: string;
  chain?: Fields;
  fees?: Fields;
  market?: Fields;
  alerts?: Fields;
  prices?: unknown[];
  journal?: string;
  metrics?: unknown;
};

export async function createWorld(
  options: { anvil?: StartAnvilOptions; market?: DeployMarketOptions } = {},
): Promise<World> {
  const anvil = await startAnvil({ accounts: 40, ...options.anvil });
  const client = createDevnetClient(anvil);
  const deployment = await deployProtocol(client);
  const market = await deployMarket(client, deployment, options.market);
  const asset = market.asset.address;
  const cash = parseAmount('1000000', market.asset.decimals);
  await fund(client, asset, LENDER.address, cash);
  await approve(client, asset, LENDER, market.address);
  await call(client, market, LENDER, 'supply', [cash, LENDER.address, 0n, '0x']);
  await fund(client, asset, keeperAccount.address, cash);
  const folder = mkdtempSync(join(tmpdir(), 'millrace-keeper-'));
  return {
    anvil,
    client,
    deployment,
    market,
    keeper: keeperAccount.address,
    folder,
    writeConfig: (changes = {}) => writeConfig({ anvil, deployment, market, folder }, changes),
    stop: async () => {
      await anvil.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeConfig(
  { anvil, deployment, market, folder }: Pick<World, 'anvil' | 'deployment' | 'market' | 'folder'>,
  changes: ConfigChanges,
): string {
  const config = {
    chain: { rpc: [anvil.url], chainId: 31337, pollSeconds: 0.1, reorgDepth: 4, ...changes.chain },
    lens: deployment.lens,
    journal: changes.journal ?? 'keeper.journal',
    signer: { keyEnv: 'KEEPER_KEY' },
    fees: { ...changes.fees },
    markets: [
      {
        name: 'usdc',
        address: market.address,
        fromBlock: Number(market.createdAtBlock),
        liquidations: { minProfit: '-1000000' },
        ...changes.market,
      },
    ],
    prices: changes.prices ?? [],
    alerts: { console: false, ...changes.alerts },
    metrics: changes.metrics ?? { port: 0 },
    log: 'debug',
  };
  const path = join(folder, changes.name ?? 'keeper.json');
  writeFileSync(path, JSON.stringify(config, null, 2));
  return path;
}

/** Opens a position of borrower `k` (any number from 0): so much of collateral 0, so much debt, in whole tokens. */
export async function openPosition(
  { client, market }: Pick<World, 'client' | 'market'>,
  k: number,
  collateral: string,
  debt: string,
): Promise<Address> {
  const owner = devnetAccount(10 + k);
  const [first] = market.collaterals;
  if (first === undefined) throw new Error('The market has no collateral.');
  const amount = parseAmount(collateral, first.token.decimals);
  await fund(client, first.token.address, owner.address, amount);
  await approve(client, first.token.address, owner, market.address);
  await call(client, market, owner, 'supplyCollateral', [0n, amount, owner.address, 0n, '0x']);
  const assets = parseAmount(debt, market.asset.decimals);
  await call(client, market, owner, 'borrow', [assets, owner.address, owner.address, 0n]);
  return owner.address;
}

type MarketFunction =
  | 'supply'
  | 'supplyCollateral'
  | 'borrow'
  | 'repay'
  | 'liquidate'
  | 'checkpoint'
  | 'pause';

/** Calls the market as `account`. */
export async function call(
  client: DevnetClient,
  market: { address: Address },
  account: Account,
  functionName: MarketFunction,
  args: readonly unknown[],
): Promise<void> {
  const data = encodeFunctionData({ abi: iMarketAbi, functionName, args } as never) as Hex;
  await transact(client, { to: market.address, data, account, gas: 3_000_000n });
}

/** Transactions of the keeper that wait in the pool, by nonce. */
export async function pooled({
  client,
  keeper,
}: World): Promise<{ nonce: number; hash: Hash; input: Hex }[]> {
  const pool = (await client.request({ method: 'txpool_content' as never })) as Pool;
  const mine = Object.entries(pool.pending).filter(([from]) => from.toLowerCase() === keeper.toLowerCase());
  return mine
    .flatMap(([, byNonce]) =>
      Object.entries(byNonce).map(([nonce, { hash, input }]) => ({ nonce: Number(nonce), hash, input })),
    )
    .sort((a, b) => a.nonce - b.nonce);
}

type Pool = { pending: Record<string, Record<string, { hash: Hash; input: Hex }>> };

/** Waits until `probe` holds; says what it was waiting for when it never does. */
export async function until(
  what: string,
  probe: () => boolean | Promise<boolean>,
  milliseconds = 120_000,
): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await probe())) {
    if (Date.now() > end) throw new Error(`Never: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
