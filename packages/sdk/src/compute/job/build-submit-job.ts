import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { Address, Hex } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';
import type { JobTerms } from './job-terms.ts';

export type BuildSubmitJobParameters = {
  /** The `JobMarket`. */
  jobMarket: Address;
  /** From `openJob`. */
  job: JobTerms;
  /** 32 bytes: `cidDigest` of the result. */
  result: Hex;
  /** `hashReceipt` of the receipt. */
  receipt: Hex;
};
export type BuildSubmitJobReturnType = Call;

/** Hands in the hashes of result and receipt, once. Only the node may send it. */
export function buildSubmitJob({
  jobMarket,
  job,
  result,
  receipt,
}: BuildSubmitJobParameters): BuildSubmitJobReturnType {
  return buildComputeCall(iJobMarketAbi, jobMarket, 'submit', [job, result, receipt]);
}
