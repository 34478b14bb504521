import type { MillraceError } from '@millrace/protocol';
import { lensAbi } from '@millrace/protocol/contracts/lens';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';

export type GetTillsParameters = { market: Address; lens: Address; token: Address };
/** Base units of the token by the number of the till. */
export type GetTillsReturnType = readonly bigint[];
export type GetTillsErrorType = MillraceError;

/** What each till of a market holds of a token. */
export async function getTills(
  client: SdkClient,
  { market, lens, token }: GetTillsParameters,
): Promise<GetTillsReturnType> {
  return await decoding(() =>
    readContract(client, {
      address: lens,
      abi: lensAbi,
      functionName: 'tillBalances',
      args: [market, token],
    }),
  );
}
