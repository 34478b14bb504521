import { TransactionError } from '@millrace/protocol';
import type { Address } from 'viem';
import { getCode } from 'viem/actions';
import type { SdkClient } from './client.ts';

/** Refuses an address where there is no contract. */
export async function requireCode(client: SdkClient, address: Address): Promise<void> {
  const code = await getCode(client, { address });
  if (code !== undefined && code !== '0x') return;
  throw new TransactionError(`There is no contract at ${address}.`, {
    code: 'NO_CONTRACT',
    hint: 'Check the address and the chain.',
    details: { address },
  });
}
