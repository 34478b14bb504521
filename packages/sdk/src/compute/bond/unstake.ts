import type { MillraceError } from '@millrace/protocol';
import { iBondAbi } from '@millrace/protocol/contracts/i-bond';
import type { SdkClient } from '../../call/client.ts';
import { requireAccount } from '../../call/require-account.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildUnstakeParameters, buildUnstake } from './build-unstake.ts';

export type UnstakeParameters = Omit<BuildUnstakeParameters, 'to'> &
  SendOptions & {
    /** Who receives it. Default: the account that sends. */
    to?: BuildUnstakeParameters['to'] | undefined;
  };
export type UnstakeReturnType = ComputeSent<typeof iBondAbi, undefined>;
export type UnstakeErrorType = MillraceError;

/**
 * Withdraws stake that is not locked, at once.
 *
 * @throws {@link MillraceError} `INSUFFICIENT_STAKE` with what is free; nothing is sent then.
 *
 * @example
 * ```ts
 * await unstake(client, { bond, amount })
 * ```
 */
export async function unstake(client: SdkClient, parameters: UnstakeParameters): Promise<UnstakeReturnType> {
  const account = requireAccount(client, parameters.account);
  const to = parameters.to ?? account.address;
  const call = buildUnstake({ ...parameters, to });
  return await sendComputeCall(client, iBondAbi, { ...parameters, call, account }, nothing);
}
