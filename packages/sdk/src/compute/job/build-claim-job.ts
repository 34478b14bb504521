import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';
import type { JobTerms } from './job-terms.ts';

export type BuildClaimJobParameters = {
  /** The `JobMarket`. */
  jobMarket: Address;
  /** From `openJob`. */
  job: JobTerms;
};
export type BuildClaimJobReturnType = Call;

/** Pays the node when the review has passed in silence. Anyone may send it. */
export function buildClaimJob({ jobMarket, job }: BuildClaimJobParameters): BuildClaimJobReturnType {
  return buildComputeCall(iJobMarketAbi, jobMarket, 'claim', [job]);
}
