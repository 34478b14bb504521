import { mockTokenAbi } from '@millrace/protocol/contracts/mock-token';
import { type Account, type Address, encodeFunctionData, maxUint256 } from 'viem';
import type { DevnetClient } from '../chain/devnet-client.ts';
import { transact } from '../chain/transact.ts';

/** Mints `amount` base units of a mock token to `to`. */
export async function fund(client: DevnetClient, token: Address, to: Address, amount: bigint): Promise<void> {
  const data = encodeFunctionData({ abi: mockTokenAbi, functionName: 'mint', args: [to, amount] });
  await transact(client, { to: token, data });
}

/** Lets `spender` move `owner`'s tokens. Default: any amount. */
export async function approve(
  client: DevnetClient,
  token: Address,
  owner: Account,
  spender: Address,
  amount: bigint = maxUint256,
): Promise<void> {
  const data = encodeFunctionData({ abi: mockTokenAbi, functionName: 'approve', args: [spender, amount] });
  await transact(client, { to: token, data, account: owner });
}
