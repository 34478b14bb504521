import type { MillraceError } from '@millrace/protocol';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { type Address, maxUint256 } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../call/client.ts';
import { decoding } from '../call/decoding.ts';

export type GetDebtParameters = {
  market: Address;
  owner: Address;
  /** Return at most this. Default: no limit. */
  most?: bigint | undefined;
};
/** Base units of the loan asset. */
export type GetDebtReturnType = bigint;
export type GetDebtErrorType = MillraceError;

/** What an account owes now, rounded up. */
export async function getDebt(
  client: SdkClient,
  { market, owner, most = maxUint256 }: GetDebtParameters,
): Promise<GetDebtReturnType> {
  const debt = await decoding(() =>
    readContract(client, { address: market, abi: iMarketAbi, functionName: 'debtOf', args: [owner] }),
  );
  return debt < most ? debt : most;
}
