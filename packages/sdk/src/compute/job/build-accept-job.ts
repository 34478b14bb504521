import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';
import type { JobTerms } from './job-terms.ts';

export type BuildAcceptJobParameters = {
  /** The `JobMarket`. */
  jobMarket: Address;
  /** From `openJob`. */
  job: JobTerms;
};
export type BuildAcceptJobReturnType = Call;

/** Pays the node. Only the requester may send it. */
export function buildAcceptJob({ jobMarket, job }: BuildAcceptJobParameters): BuildAcceptJobReturnType {
  return buildComputeCall(iJobMarketAbi, jobMarket, 'accept', [job]);
}
