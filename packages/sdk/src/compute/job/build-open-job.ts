import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';
import type { SignedBid, SignedOrder } from './job-terms.ts';

export type BuildOpenJobParameters = {
  /** The `JobMarket`. */
  jobMarket: Address;
  order: SignedOrder;
  bid: SignedBid;
};
export type BuildOpenJobReturnType = Call;

/** Matches a signed order with a signed bid, and takes the price from the requester. Anyone may send it. */
export function buildOpenJob({ jobMarket, order, bid }: BuildOpenJobParameters): BuildOpenJobReturnType {
  const args = [order.order, order.signature, bid.bid, bid.signature] as const;
  return buildComputeCall(iJobMarketAbi, jobMarket, 'open', args);
}
