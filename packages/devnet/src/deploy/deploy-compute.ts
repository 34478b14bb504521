import { bondAbi, bondBytecode } from '@millrace/protocol/contracts/bond';
import { channelsAbi, channelsBytecode } from '@millrace/protocol/contracts/channels';
import { jobMarketAbi, jobMarketBytecode } from '@millrace/protocol/contracts/job-market';
import { nodeRegistryAbi, nodeRegistryBytecode } from '@millrace/protocol/contracts/node-registry';
import { receiptsAbi, receiptsBytecode } from '@millrace/protocol/contracts/receipts';
import { type Address, zeroAddress } from 'viem';
import type { DevnetClient } from '../chain/devnet-client.ts';
import { deployContract } from './deploy-contract.ts';
import { ensureToken } from './deploy-token.ts';
import type { DeployedCompute, DeployedToken } from './deployment.ts';

export type DeployComputeOptions = {
  /** What nodes are paid in and stake. Default: a new mock USDC. */
  token?: DeployedToken | undefined;
  /** Who may slash. Default: nobody, ever. */
  court?: Address | undefined;
  /** How long a bond takes to leave, 21 to 365 days. Default: 21 days. */
  unbondingSeconds?: bigint | undefined;
  /** How long a payee has to redeem when the payer closes, 1 hour to 7 days. Default: 1 hour. */
  challengeSeconds?: bigint | undefined;
};

const HOUR = 3_600n;
const USDC = { name: 'Mock USDC', symbol: 'USDC', decimals: 6 } as const;

/**
 * Deploys everything that compute needs, from account 0: registry, bond, channels, job market, receipts. On a fresh chain
 * the addresses are always the same. No key has power over any of them, but for the court that is named.
 *
 * @example
 * ```ts
 * const client = createDevnetClient(await startAnvil())
 * const compute = await deployCompute(client)
 * await fund(client, compute.token.address, payer, 1_000_000n)
 * ```
 */
export async function deployCompute(
  client: DevnetClient,
  options: DeployComputeOptions = {},
): Promise<DeployedCompute> {
  const { court = zeroAddress, unbondingSeconds = 21n * 24n * HOUR, challengeSeconds = HOUR } = options;
  const token = await ensureToken(client, options.token ?? USDC);
  const nodeRegistry = await deployContract(client, {
    abi: nodeRegistryAbi,
    bytecode: nodeRegistryBytecode,
    args: [],
  });
  const bond = await deployContract(client, {
    abi: bondAbi,
    bytecode: bondBytecode,
    args: [token.address, court, unbondingSeconds],
  });
  const channels = await deployContract(client, {
    abi: channelsAbi,
    bytecode: channelsBytecode,
    args: [challengeSeconds],
  });
  const jobMarket = await deployContract(client, {
    abi: jobMarketAbi,
    bytecode: jobMarketBytecode,
    args: [bond],
  });
  const receipts = await deployContract(client, { abi: receiptsAbi, bytecode: receiptsBytecode, args: [] });
  return { token, nodeRegistry, bond, channels, jobMarket, receipts };
}
