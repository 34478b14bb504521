import type { MillraceError } from '@millrace/protocol';
import { iBondAbi } from '@millrace/protocol/contracts/i-bond';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';

export type GetBondTokenParameters = { bond: Address };
export type GetBondTokenReturnType = Address;
export type GetBondTokenErrorType = MillraceError;

/** The token that nodes stake. */
export async function getBondToken(
  client: SdkClient,
  { bond }: GetBondTokenParameters,
): Promise<GetBondTokenReturnType> {
  return await decoding(() => readContract(client, { address: bond, abi: iBondAbi, functionName: 'token' }));
}
