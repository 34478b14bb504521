import type { MillraceError } from '@millrace/protocol';
import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { computeEvent } from '../call/compute-event.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildSubmitJobParameters, buildSubmitJob } from './build-submit-job.ts';

export type SubmitJobParameters = BuildSubmitJobParameters & SendOptions;
export type SubmitJobReturnType = ComputeSent<typeof iJobMarketAbi, bigint>;
export type SubmitJobErrorType = MillraceError;

/**
 * Hands in the hashes of result and receipt. `result` is the last second in which only the requester can settle.
 *
 * @throws {@link MillraceError} `NOT_NODE`, `WRONG_STATE`, `TOO_LATE`; nothing is sent then.
 *
 * @example
 * ```ts
 * await submitJob(node, { jobMarket, job, result: cidDigest(cid), receipt: hashReceipt(receipt) })
 * ```
 */
export async function submitJob(
  client: SdkClient,
  parameters: SubmitJobParameters,
): Promise<SubmitJobReturnType> {
  const call = buildSubmitJob(parameters);
  return await sendComputeCall(
    client,
    iJobMarketAbi,
    { ...parameters, call },
    (events) => computeEvent(events, 'JobSubmitted').reviewBy,
  );
}
