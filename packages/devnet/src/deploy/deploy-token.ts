import { mockTokenAbi, mockTokenBytecode } from '@millrace/protocol/contracts/mock-token';
import type { DevnetClient } from '../chain/devnet-client.ts';
import { deployContract } from './deploy-contract.ts';
import type { DeployedToken } from './deployment.ts';

export type DeployTokenOptions = { name: string; symbol: string; decimals: number; address?: undefined };

/** Deploys a token that anyone may mint. */
export async function deployToken(client: DevnetClient, token: DeployTokenOptions): Promise<DeployedToken> {
  const args = [token.name, token.symbol, token.decimals] as const;
  const address = await deployContract(client, { abi: mockTokenAbi, bytecode: mockTokenBytecode, args });
  return { ...token, address };
}

/** A token that exists as it is, or a new one. */
export async function ensureToken(
  client: DevnetClient,
  wanted: DeployedToken | DeployTokenOptions,
): Promise<DeployedToken> {
  return wanted.address === undefined ? await deployToken(client, wanted) : wanted;
}
