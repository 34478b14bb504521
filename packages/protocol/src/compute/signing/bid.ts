import { type Address, type Hex, hashTypedData } from 'viem';
import type { SigningDomain } from './domain.ts';

/** What a node offers for one order, as `JobMarket` reads it. */
export type Bid = {
  readonly node: Address;
  /** `hashOrder` of the order. */
  readonly order: Hex;
  /** Base units, at most the order’s `maxPrice`. */
  readonly price: bigint;
  /** The node’s lane that the price waits in, below 2^16. */
  readonly lane: bigint;
  /** The last second in which it can be matched. */
  readonly expiry: bigint;
  /** Of the node; each is used once, in any order. */
  readonly nonce: bigint;
};

const TYPES = {
  Bid: [
    { name: 'node', type: 'address' },
    { name: 'order', type: 'bytes32' },
    { name: 'price', type: 'uint256' },
    { name: 'lane', type: 'uint256' },
    { name: 'expiry', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
  ],
} as const;

/** What a node signs, for `signTypedData`. */
export function bidTypedData(domain: SigningDomain, bid: Bid) {
  return { domain, types: TYPES, primaryType: 'Bid', message: bid } as const;
}

/** The digest that `JobMarket` checks a bid’s signature against. */
export function bidDigest(domain: SigningDomain, bid: Bid): Hex {
  return hashTypedData(bidTypedData(domain, bid));
}
