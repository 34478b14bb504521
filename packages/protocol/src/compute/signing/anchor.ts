import { type Address, type Hex, hashTypedData } from 'viem';
import type { SigningDomain } from './domain.ts';

/** The Merkle root of all receipts that a node gave in one epoch. */
export type AnchorTerms = {
  readonly node: Address;
  /** Seconds since 1970 / 3600; must be over. */
  readonly epoch: bigint;
  readonly root: Hex;
  /** How many receipts are below the root. */
  readonly count: bigint;
};

const TYPES = {
  Anchor: [
    { name: 'node', type: 'address' },
    { name: 'epoch', type: 'uint256' },
    { name: 'root', type: 'bytes32' },
    { name: 'count', type: 'uint256' },
  ],
} as const;

/** Seconds of an epoch. */
export const EPOCH_SECONDS = 3_600n;

/** The epoch of a time in seconds since 1970. */
export function epochOf(time: bigint): bigint {
  return time / EPOCH_SECONDS;
}

/** What a node signs so that somebody else may anchor its root, for `signTypedData`. */
export function anchorTypedData(domain: SigningDomain, terms: AnchorTerms) {
  return { domain, types: TYPES, primaryType: 'Anchor', message: terms } as const;
}

/** The digest that `Receipts` checks an anchor’s signature against. */
export function anchorDigest(domain: SigningDomain, terms: AnchorTerms): Hex {
  return hashTypedData(anchorTypedData(domain, terms));
}
