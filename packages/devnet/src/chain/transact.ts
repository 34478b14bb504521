import { MillraceError } from '@millrace/protocol';
import type { Account, Address, Hex, TransactionReceipt } from 'viem';
import type { DevnetClient } from './devnet-client.ts';

/** One transaction of a devnet. */
export type DevnetTransaction = {
  to?: Address | undefined;
  data?: Hex | undefined;
  value?: bigint | undefined;
  /** Who signs. Default: the client's account. */
  account?: Account | undefined;
  /** Default: estimated. Give it where many are sent: an estimate costs a call. */
  gas?: bigint | undefined;
};

/**
 * Sends a transaction and waits until it is in a block; mines one on chains that do not mine by themselves.
 *
 * @throws {@link MillraceError} `DEVNET_REVERTED` when it is mined and fails.
 */
export async function transact(
  client: DevnetClient,
  transaction: DevnetTransaction,
): Promise<TransactionReceipt> {
  const { account, to, data, value, gas } = transaction;
  const hash = await client.sendTransaction({
    account: account ?? client.account,
    ...(to && { to }),
    ...(data && { data }),
    ...(value !== undefined && { value }),
    ...(gas !== undefined && { gas }),
  });
  await mineUnlessAutomatic(client);
  const receipt = await client.waitForTransactionReceipt({ hash });
  requireSuccess(receipt);
  return receipt;
}

/** Throws when a mined transaction has failed. */
function requireSuccess(receipt: TransactionReceipt): void {
  if (receipt.status === 'success') return;
  throw new MillraceError(`Transaction ${receipt.transactionHash} was mined and failed.`, {
    code: 'DEVNET_REVERTED',
    fault: 'user',
    hint: 'Call it with eth_call to see why, or give it more gas.',
    details: { hash: receipt.transactionHash, to: receipt.to, gasUsed: receipt.gasUsed },
  });
}

async function mineUnlessAutomatic(client: DevnetClient): Promise<void> {
  if (!(await client.getAutomine())) await client.mine({ blocks: 1 });
}
