import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';
import type { JobTerms } from './job-terms.ts';

export type BuildReclaimJobParameters = {
  /** The `JobMarket`. */
  jobMarket: Address;
  /** From `openJob`. */
  job: JobTerms;
};
export type BuildReclaimJobReturnType = Call;

/** Gives the price back when no result came in time. Anyone may send it. */
export function buildReclaimJob({ jobMarket, job }: BuildReclaimJobParameters): BuildReclaimJobReturnType {
  return buildComputeCall(iJobMarketAbi, jobMarket, 'reclaim', [job]);
}
