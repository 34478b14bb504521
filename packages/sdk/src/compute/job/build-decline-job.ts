import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';
import type { JobTerms } from './job-terms.ts';

export type BuildDeclineJobParameters = {
  /** The `JobMarket`. */
  jobMarket: Address;
  /** From `openJob`. */
  job: JobTerms;
};
export type BuildDeclineJobReturnType = Call;

/** Gives a job and its price back. Only the node may send it. */
export function buildDeclineJob({ jobMarket, job }: BuildDeclineJobParameters): BuildDeclineJobReturnType {
  return buildComputeCall(iJobMarketAbi, jobMarket, 'decline', [job]);
}
