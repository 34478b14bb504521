import type { Bid, Order } from '@millrace/protocol/compute';
import type { Address, Hex } from 'viem';

/** What requester and node agreed on. The contract keeps its hash only: keep it to settle the job. */
export type JobTerms = {
  readonly requester: Address;
  readonly node: Address;
  readonly token: Address;
  readonly lane: bigint;
  /** Base units. */
  readonly price: bigint;
  /** `hashOrder` of the order. */
  readonly order: Hex;
  /** The last second in which the result is accepted. */
  readonly submitBy: bigint;
  readonly reviewSeconds: bigint;
};

export type SignedOrder = { readonly order: Order; readonly signature: Hex };
export type SignedBid = { readonly bid: Bid; readonly signature: Hex };
