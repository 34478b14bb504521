import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';

export type BuildCancelNoncesParameters = {
  /** The `JobMarket`. */
  jobMarket: Address;
  /** The nonces 256 · word to 256 · word + 255. */
  word: bigint;
  /** Which of them, a bit for each. */
  mask: bigint;
};
export type BuildCancelNoncesReturnType = Call;

/** Uses up nonces of the sender. */
export function buildCancelNonces({
  jobMarket,
  word,
  mask,
}: BuildCancelNoncesParameters): BuildCancelNoncesReturnType {
  return buildComputeCall(iJobMarketAbi, jobMarket, 'cancelNonces', [word, mask]);
}
