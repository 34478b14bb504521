import { type Address, type Hex, hashTypedData } from 'viem';
import type { SigningDomain } from './domain.ts';

/** “This ed25519 key speaks for me until then”, signed by the node’s EVM key. Times are seconds since 1970. */
export type Certificate = {
  readonly node: Address;
  /** The 32 bytes of the public key. */
  readonly key: Hex;
  readonly issuedAt: bigint;
  /** The last second in which it is good; at most 90 days after `issuedAt`. */
  readonly expiry: bigint;
};

const TYPES = {
  Certificate: [
    { name: 'node', type: 'address' },
    { name: 'key', type: 'bytes32' },
    { name: 'issuedAt', type: 'uint256' },
    { name: 'expiry', type: 'uint256' },
  ],
} as const;

/** The longest a session key may live, seconds. */
export const MOST_SESSION_SECONDS = 90n * 86_400n;

/** What a node’s EVM key signs, for `signTypedData`. */
export function certificateTypedData(domain: SigningDomain, certificate: Certificate) {
  return { domain, types: TYPES, primaryType: 'Certificate', message: certificate } as const;
}

/** The digest that `NodeRegistry` checks a certificate’s signature against. */
export function certificateDigest(domain: SigningDomain, certificate: Certificate): Hex {
  return hashTypedData(certificateTypedData(domain, certificate));
}
