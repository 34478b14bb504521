import type { Clue } from './clue.ts';
import { WalletError } from './wallet-error.ts';

type Case = {
  code: string;
  codes: readonly (number | string)[];
  names: readonly string[];
  said: string;
  hint: string;
};

/** EIP-1193, and what viem says of accounts. */
const CASES: readonly Case[] = [
  {
    code: 'WALLET_REJECTED',
    codes: [4001, 'ACTION_REJECTED'],
    names: ['UserRejectedRequestError'],
    said: 'The request was declined in the wallet.',
    hint: 'Nothing was sent. Confirm it in the wallet if you meant to.',
  },
  {
    code: 'WALLET_UNAUTHORIZED',
    codes: [4100],
    names: ['UnauthorizedProviderError'],
    said: 'The wallet does not let this application use the account.',
    hint: 'Connect the account to the application in the wallet.',
  },
  {
    code: 'WALLET_DISCONNECTED',
    codes: [4900, 4901],
    names: ['ProviderDisconnectedError', 'ChainDisconnectedError'],
    said: 'The wallet is not connected to the chain.',
    hint: 'Check the wallet’s network, then try again.',
  },
  {
    code: 'NO_ACCOUNT',
    codes: [],
    names: ['AccountNotFoundError'],
    said: 'There is no account to act for.',
    hint: 'Connect a wallet, or name an account.',
  },
];

/** A wallet's refusal. */
export function decodeWallet(clues: readonly Clue[], cause: unknown): WalletError | undefined {
  for (const { code, codes, names, said, hint } of CASES) {
    const matches = clues.some(
      (clue) => names.includes(clue.name) || (clue.code !== undefined && codes.includes(clue.code)),
    );
    if (matches) return new WalletError(said, { code, hint, cause });
  }
  return undefined;
}
