import type { MillraceError } from '@millrace/protocol';
import { type Address, erc20Abi } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';
import type { Token } from './token.ts';

export type GetTokenParameters = { token: Address };
export type GetTokenReturnType = Token;
export type GetTokenErrorType = MillraceError;

/** Symbol and decimals of a token. */
export async function getToken(
  client: SdkClient,
  { token }: GetTokenParameters,
): Promise<GetTokenReturnType> {
  return await decoding(async () => {
    const [symbol, decimals] = await Promise.all([
      readContract(client, { address: token, abi: erc20Abi, functionName: 'symbol' }),
      readContract(client, { address: token, abi: erc20Abi, functionName: 'decimals' }),
    ]);
    return { address: token, symbol, decimals };
  });
}
