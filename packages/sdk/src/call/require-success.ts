import { TransactionError } from '@millrace/protocol';
import type { Account, TransactionReceipt } from 'viem';
import type { Call } from './call.ts';
import type { SdkClient } from './client.ts';
import { simulateCall } from './simulate-call.ts';

/**
 * Throws when a transaction was mined and failed: with the reason, if running it again on the block where it failed
 * still finds one.
 */
export async function requireSuccess(
  client: SdkClient,
  { call, account, receipt }: { call: Call; account: Account; receipt: TransactionReceipt },
): Promise<void> {
  if (receipt.status === 'success') return;
  await simulateCall(client, { call, account, blockNumber: receipt.blockNumber });
  throw new TransactionError('The transaction was mined and failed.', {
    code: 'REVERTED_ON_CHAIN',
    retryable: true,
    hint: 'Others acted first, or it ran out of gas. Try again.',
    details: { hash: receipt.transactionHash, gasUsed: receipt.gasUsed },
  });
}
