import type { MillraceError } from '@millrace/protocol';
import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildAcceptJobParameters, buildAcceptJob } from './build-accept-job.ts';

export type AcceptJobParameters = BuildAcceptJobParameters & SendOptions;
export type AcceptJobReturnType = ComputeSent<typeof iJobMarketAbi, undefined>;
export type AcceptJobErrorType = MillraceError;

/**
 * Pays the node for what it handed in: its price becomes a credit in its lane.
 *
 * @throws {@link MillraceError} `NOT_REQUESTER`, `WRONG_STATE`; nothing is sent then.
 *
 * @example
 * ```ts
 * await acceptJob(requester, { jobMarket, job })
 * ```
 */
export async function acceptJob(
  client: SdkClient,
  parameters: AcceptJobParameters,
): Promise<AcceptJobReturnType> {
  const call = buildAcceptJob(parameters);
  return await sendComputeCall(client, iJobMarketAbi, { ...parameters, call }, nothing);
}
