import type { MillraceError } from '@millrace/protocol';
import type { Lane } from '@millrace/protocol/compute';
import { iLanesAbi } from '@millrace/protocol/contracts/i-lanes';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';

export type GetCreditParameters = {
  /** `Channels`, `JobMarket` or `Bond`: where the lane is. */
  contract: Address;
  lane: Lane;
  /** Default: the payee of the lane. */
  holder?: Address | undefined;
};
/** Base units of the lane’s token. */
export type GetCreditReturnType = bigint;
export type GetCreditErrorType = MillraceError;

/** What a holder may collect from a lane: earned, or a refund that could not be sent. */
export async function getCredit(
  client: SdkClient,
  { contract, lane, holder = lane.payee }: GetCreditParameters,
): Promise<GetCreditReturnType> {
  return await decoding(() =>
    readContract(client, {
      address: contract,
      abi: iLanesAbi,
      functionName: 'creditOf',
      args: [holder, lane],
    }),
  );
}
