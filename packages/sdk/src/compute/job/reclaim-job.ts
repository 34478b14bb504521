import type { MillraceError } from '@millrace/protocol';
import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildReclaimJobParameters, buildReclaimJob } from './build-reclaim-job.ts';

export type ReclaimJobParameters = BuildReclaimJobParameters & SendOptions;
export type ReclaimJobReturnType = ComputeSent<typeof iJobMarketAbi, undefined>;
export type ReclaimJobErrorType = MillraceError;

/**
 * Gives the price back to the requester when no result came in time. Open to anyone.
 *
 * @throws {@link MillraceError} `TOO_EARLY`, `WRONG_STATE`; nothing is sent then.
 *
 * @example
 * ```ts
 * await reclaimJob(requester, { jobMarket, job })
 * ```
 */
export async function reclaimJob(
  client: SdkClient,
  parameters: ReclaimJobParameters,
): Promise<ReclaimJobReturnType> {
  const call = buildReclaimJob(parameters);
  return await sendComputeCall(client, iJobMarketAbi, { ...parameters, call }, nothing);
}
