import {
  approve,
  type DeployedMarket,
  type DeployedToken,
  type Deployment,
  type DevnetClient,
  deployCompute,
  deployMarket,
  deployProtocol,
  deployToken,
  fund,
  transact,
} from '@millrace/devnet';
import { parseAmount } from '@millrace/protocol';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { encodeFunctionData } from 'viem';
import { everybody, type PersonName, personAccount } from './people.ts';

/** What everybody on a local chain gets of each token. */
const PURSE: Readonly<Record<string, string>> = { USDC: '100000', WETH: '50', WBTC: '2', wstETH: '50' };

const AUTO = 0n;

/**
 * Deploys the protocol, two markets, and a little life: a lender in both, a careful borrower and one close to the limit.
 * Then what nodes and renters need. Everybody has money.
 */
export async function seed(client: DevnetClient): Promise<Deployment> {
  const deployment = await deployProtocol(client);
  const token = (name: string, symbol: string, decimals: number) =>
    deployToken(client, { name, symbol, decimals });
  const usdc = await token('USD Coin', 'USDC', 6);
  const weth = await token('Wrapped Ether', 'WETH', 18);
  const wbtc = await token('Wrapped Bitcoin', 'WBTC', 8);
  const wsteth = await token('Wrapped Staked Ether', 'wstETH', 18);
  const guardian = personAccount('deployer').address;
  const dollars = await deployMarket(client, deployment, {
    asset: usdc,
    guardian,
    collaterals: [
      { token: weth, price: '3000', borrowLtvBps: 8000, liquidationLtvBps: 8600 },
      { token: wbtc, price: '90000', borrowLtvBps: 7500, liquidationLtvBps: 8200 },
    ],
  });
  const ether = await deployMarket(client, deployment, {
    asset: weth,
    guardian,
    minDebt: parseAmount('0.01', 18),
    rateModel: 'adaptive',
    collaterals: [
      { token: wsteth, price: '1.2', borrowLtvBps: 9000, liquidationLtvBps: 9300, maxBonusBps: 300 },
    ],
  });
  deployment.markets.push(dollars, ether);
  for (const { account } of everybody()) {
    for (const each of [usdc, weth, wbtc, wsteth])
      await fund(client, each.address, account.address, purseOf(each));
  }
  await lend(client, 'heidi', dollars, '100000');
  await lend(client, 'heidi', ether, '20');
  await borrow(client, 'grace', dollars, 0, '20', '20000');
  await borrow(client, 'ivan', dollars, 0, '10', '23000');
  await borrow(client, 'grace', ether, 0, '10', '6');
  deployment.compute = await deployCompute(client, { token: usdc });
  return deployment;
}

function purseOf({ symbol, decimals }: DeployedToken): bigint {
  return parseAmount(PURSE[symbol] ?? '0', decimals);
}

async function lend(
  client: DevnetClient,
  name: PersonName,
  market: DeployedMarket,
  text: string,
): Promise<void> {
  const [account, amount] = [personAccount(name), parseAmount(text, market.asset.decimals)];
  await fund(client, market.asset.address, account.address, amount);
  await approve(client, market.asset.address, account, market.address, amount);
  const args = [amount, account.address, AUTO, '0x'] as const;
  const data = encodeFunctionData({ abi: iMarketAbi, functionName: 'supply', args });
  await transact(client, { to: market.address, data, account });
}

async function borrow(
  client: DevnetClient,
  name: PersonName,
  market: DeployedMarket,
  index: number,
  pledged: string,
  borrowed: string,
): Promise<void> {
  const account = personAccount(name);
  const token = market.collaterals[index]?.token;
  if (token === undefined) return;
  const amount = parseAmount(pledged, token.decimals);
  await approve(client, token.address, account, market.address, amount);
  const pledge = encodeFunctionData({
    abi: iMarketAbi,
    functionName: 'supplyCollateral',
    args: [BigInt(index), amount, account.address, AUTO, '0x'],
  });
  await transact(client, { to: market.address, data: pledge, account });
  const take = encodeFunctionData({
    abi: iMarketAbi,
    functionName: 'borrow',
    args: [parseAmount(borrowed, market.asset.decimals), account.address, account.address, AUTO],
  });
  await transact(client, { to: market.address, data: take, account });
}
