import type { MillraceError } from '@millrace/protocol';
import { type Address, erc20Abi } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';

export type GetBalanceParameters = { token: Address; owner: Address };
/** Base units. */
export type GetBalanceReturnType = bigint;
export type GetBalanceErrorType = MillraceError;

/** What an account holds of a token. */
export async function getBalance(
  client: SdkClient,
  { token, owner }: GetBalanceParameters,
): Promise<GetBalanceReturnType> {
  return await decoding(() =>
    readContract(client, { address: token, abi: erc20Abi, functionName: 'balanceOf', args: [owner] }),
  );
}
