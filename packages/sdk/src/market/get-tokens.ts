import type { MillraceError } from '@millrace/protocol';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';
import { getToken } from './get-token.ts';
import type { Token } from './token.ts';

export type GetTokensParameters = { market: Address };
/** The loan asset, then the collaterals in their order. */
export type GetTokensReturnType = [Token, ...Token[]];
export type GetTokensErrorType = MillraceError;

/** The tokens of a market. */
export async function getTokens(
  client: SdkClient,
  { market }: GetTokensParameters,
): Promise<GetTokensReturnType> {
  const addresses = await decoding(() =>
    readContract(client, { address: market, abi: iMarketAbi, functionName: 'tillTokens' }),
  );
  const tokens = await Promise.all(addresses.map((token) => getToken(client, { token })));
  return tokens as GetTokensReturnType;
}
