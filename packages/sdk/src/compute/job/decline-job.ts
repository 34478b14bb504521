import type { MillraceError } from '@millrace/protocol';
import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildDeclineJobParameters, buildDeclineJob } from './build-decline-job.ts';

export type DeclineJobParameters = BuildDeclineJobParameters & SendOptions;
export type DeclineJobReturnType = ComputeSent<typeof iJobMarketAbi, undefined>;
export type DeclineJobErrorType = MillraceError;

/**
 * Gives a job back before it is handed in, and the requester its price.
 *
 * @throws {@link MillraceError} `NOT_NODE`, `WRONG_STATE`; nothing is sent then.
 *
 * @example
 * ```ts
 * await declineJob(node, { jobMarket, job })
 * ```
 */
export async function declineJob(
  client: SdkClient,
  parameters: DeclineJobParameters,
): Promise<DeclineJobReturnType> {
  const call = buildDeclineJob(parameters);
  return await sendComputeCall(client, iJobMarketAbi, { ...parameters, call }, nothing);
}
