import type { MillraceError } from '@millrace/protocol';
import { type Address, erc20Abi } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';

export type GetAllowanceParameters = { token: Address; owner: Address; spender: Address };
/** Base units. */
export type GetAllowanceReturnType = bigint;
export type GetAllowanceErrorType = MillraceError;

/** What `spender` may move of `owner`'s tokens. */
export async function getAllowance(
  client: SdkClient,
  { token, owner, spender }: GetAllowanceParameters,
): Promise<GetAllowanceReturnType> {
  return await decoding(() =>
    readContract(client, {
      address: token,
      abi: erc20Abi,
      functionName: 'allowance',
      args: [owner, spender],
    }),
  );
}
