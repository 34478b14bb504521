import { MillraceError } from '@millrace/protocol';
import { type Address, type Hash, type TransactionReceipt, toHex } from 'viem';
import type { DevnetClient } from './devnet-client.ts';
import type { DevnetTransaction } from './transact.ts';

export type MineInOneBlockOptions = {
  /** Gas limit of each transaction that names none. Default: 1 million. */
  gas?: bigint | undefined;
  /** Seconds since the block before. Default: what the chain chooses. */
  elapsedSeconds?: bigint | undefined;
};

/**
 * Sends transactions with explicit nonces and mines them in one block, in this order when the chain is `fifo`. Their
 * senders are impersonated, so any address may send, provided it has ether for gas. Failed ones are returned, not thrown.
 *
 * @throws {@link MillraceError} `BLOCK_TOO_SMALL` when they do not fit: start the chain with a larger `blockGasLimit`.
 */
export async function mineInOneBlock(
  client: DevnetClient,
  transactions: readonly (Omit<DevnetTransaction, 'account'> & { from: Address })[],
  options: MineInOneBlockOptions = {},
): Promise<TransactionReceipt[]> {
  const automatic = await client.getAutomine();
  await client.setAutomine(false);
  await client.request({ method: 'anvil_autoImpersonateAccount' as never, params: [true] as never });
  try {
    const hashes = await sendAll(client, transactions, options.gas ?? 1_000_000n);
    if (options.elapsedSeconds !== undefined) {
      const { timestamp } = await client.getBlock({ blockTag: 'latest' });
      await client.setNextBlockTimestamp({ timestamp: timestamp + options.elapsedSeconds });
    }
    await client.mine({ blocks: 1 });
    const block = await client.getBlock({ blockTag: 'latest' });
    if (block.transactions.length < hashes.length) throw tooSmall(block.transactions.length, hashes.length);
    return await Promise.all(hashes.map((hash) => client.getTransactionReceipt({ hash })));
  } finally {
    await client.request({ method: 'anvil_autoImpersonateAccount' as never, params: [false] as never });
    await client.setAutomine(automatic);
  }
}

async function sendAll(
  client: DevnetClient,
  transactions: readonly (Omit<DevnetTransaction, 'account'> & { from: Address })[],
  gas: bigint,
): Promise<Hash[]> {
  const nonces = new Map<Address, number>();
  const hashes: Hash[] = [];
  for (const each of transactions) {
    const nonce = nonces.get(each.from) ?? (await client.getTransactionCount({ address: each.from }));
    nonces.set(each.from, nonce + 1);
    const fields = {
      from: each.from,
      ...(each.to && { to: each.to }),
      ...(each.data && { data: each.data }),
      ...(each.value !== undefined && { value: toHex(each.value) }),
      nonce: toHex(nonce),
      gas: toHex(each.gas ?? gas),
    };
    hashes.push(await client.request({ method: 'eth_sendTransaction', params: [fields] }));
  }
  return hashes;
}

function tooSmall(mined: number, sent: number): MillraceError {
  return new MillraceError(`Only ${mined} of ${sent} transactions fit into the block.`, {
    code: 'BLOCK_TOO_SMALL',
    fault: 'user',
    hint: 'Start the chain with a larger blockGasLimit, or give each transaction less gas.',
    details: { mined, sent },
  });
}
