import { MillraceError } from '@millrace/protocol';
import type { Account, Address, Hex, TransactionReceipt } from 'viem';
import type { DevnetClient } from './devnet-client.ts';

/** What one transaction may have (EIP-7825). */
const MOST_GAS = 2n ** 24n;

/** One transaction of a devnet. */
export type DevnetTransaction = {
  to?: Address | undefined;
  data?: Hex | undefined;
  value?: bigint | undefined;
  /** Who signs. Default: the client's account. */
  account?: Account | undefined;
  /** Default: a quarter more than is estimated. Give it where many are sent: an estimate costs a call. */
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
  const { to, data, value, account = client.account } = transaction;
  const call = { account, ...(to && { to }), ...(data && { data }), ...(value !== undefined && { value }) };
  const gas = transaction.gas ?? withMargin(await client.estimateGas(call));
  const hash = await client.sendTransaction({ ...call, gas });
  await mineUnlessAutomatic(client);
  const receipt = await client.waitForTransactionReceipt({ hash });
  requireSuccess(receipt);
  return receipt;
}

/** Time goes on between an estimate and its block, and what costs nothing in the one may write a slot in the other. */
function withMargin(gas: bigint): bigint {
  const more = (gas * 5n) / 4n;
  return more < MOST_GAS ? more : MOST_GAS;
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
