import { WalletError } from '@millrace/protocol';
import type { Account, Address } from 'viem';
import { parseAccount } from 'viem/utils';
import type { SdkClient } from './client.ts';

/** Who acts: the account named, else the client's. */
export function requireAccount(client: SdkClient, account?: Account | Address | undefined): Account {
  const chosen = account ?? client.account;
  if (chosen !== undefined) return parseAccount(chosen);
  throw new WalletError('There is no account to act for.', {
    code: 'NO_ACCOUNT',
    hint: 'Create the client with an account, or name one in the call.',
  });
}
