import type { MillraceError } from '@millrace/protocol';
import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { Address, Hex } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';

export type GetJobParameters = {
  /** The `JobMarket`. */
  jobMarket: Address;
  /** From `openJob`. */
  id: Hex;
};
/** `none`: never opened, or settled and forgotten; the events tell which. */
export type JobState = 'none' | 'open' | 'submitted';
export type JobStatus = {
  readonly state: JobState;
  /** The last second in which only the requester can settle, once it is submitted. */
  readonly reviewBy: bigint | undefined;
  /** The first 26 bytes of keccak256(result, receipt), once it is submitted. */
  readonly digest: Hex | undefined;
};
export type GetJobReturnType = JobStatus;
export type GetJobErrorType = MillraceError;

const STATES = ['none', 'open', 'submitted'] as const;

/**
 * Where a job stands.
 *
 * @example
 * ```ts
 * const { state } = await getJob(client, { jobMarket, id })
 * ```
 */
export async function getJob(
  client: SdkClient,
  { jobMarket, id }: GetJobParameters,
): Promise<GetJobReturnType> {
  const record = await decoding(() =>
    readContract(client, { address: jobMarket, abi: iJobMarketAbi, functionName: 'jobOf', args: [id] }),
  );
  const state = STATES[record.state] ?? 'none';
  if (state !== 'submitted') return { state, reviewBy: undefined, digest: undefined };
  return { state, reviewBy: BigInt(record.reviewBy), digest: record.result };
}
