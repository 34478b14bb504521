import { type Address, type Hex, hashStruct, hashTypedData } from 'viem';
import type { SigningDomain } from './domain.ts';

/** What a requester wants, as `JobMarket` reads it. */
export type Order = {
  readonly requester: Address;
  /** Who may bid; zero for anybody. */
  readonly node: Address;
  readonly token: Address;
  /** Base units. */
  readonly maxPrice: bigint;
  /** `hashJobSpec` of the job. */
  readonly spec: Hex;
  /** The last second in which it can be matched. */
  readonly expiry: bigint;
  /** From the match until the result is due; at most 7 days. */
  readonly runSeconds: bigint;
  /** From the result until the node may claim its price; at most 7 days. */
  readonly reviewSeconds: bigint;
  readonly bondClass: Hex;
  /** What the node must have locked for `bondClass`, base units of the bond’s token; 0 asks for none. */
  readonly leastBond: bigint;
  /** Of the requester; each is used once, in any order. */
  readonly nonce: bigint;
};

const TYPES = {
  Order: [
    { name: 'requester', type: 'address' },
    { name: 'node', type: 'address' },
    { name: 'token', type: 'address' },
    { name: 'maxPrice', type: 'uint256' },
    { name: 'spec', type: 'bytes32' },
    { name: 'expiry', type: 'uint256' },
    { name: 'runSeconds', type: 'uint256' },
    { name: 'reviewSeconds', type: 'uint256' },
    { name: 'bondClass', type: 'bytes32' },
    { name: 'leastBond', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
  ],
} as const;

/** What a requester signs, for `signTypedData`. */
export function orderTypedData(domain: SigningDomain, order: Order) {
  return { domain, types: TYPES, primaryType: 'Order', message: order } as const;
}

/** The struct hash of an order, which bids name: `JobMarket.orderHash`. Not bound to a chain. */
export function hashOrder(order: Order): Hex {
  return hashStruct({ data: order, primaryType: 'Order', types: TYPES });
}

/** The digest that `JobMarket` checks an order’s signature against. */
export function orderDigest(domain: SigningDomain, order: Order): Hex {
  return hashTypedData(orderTypedData(domain, order));
}
