import type { MillraceError } from '@millrace/protocol';
import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildClaimJobParameters, buildClaimJob } from './build-claim-job.ts';

export type ClaimJobParameters = BuildClaimJobParameters & SendOptions;
export type ClaimJobReturnType = ComputeSent<typeof iJobMarketAbi, undefined>;
export type ClaimJobErrorType = MillraceError;

/**
 * Pays the node when the review has passed in silence. Open to anyone.
 *
 * @throws {@link MillraceError} `TOO_EARLY`, `WRONG_STATE`; nothing is sent then.
 *
 * @example
 * ```ts
 * await claimJob(node, { jobMarket, job })
 * ```
 */
export async function claimJob(
  client: SdkClient,
  parameters: ClaimJobParameters,
): Promise<ClaimJobReturnType> {
  const call = buildClaimJob(parameters);
  return await sendComputeCall(client, iJobMarketAbi, { ...parameters, call }, nothing);
}
