import type { Address } from 'viem';

const NAMES = {
  channels: 'Millrace Channels',
  jobs: 'Millrace Jobs',
  nodes: 'Millrace Nodes',
  receipts: 'Millrace Receipts',
} as const;

/** Which contract a signature is for. */
export type SigningPurpose = keyof typeof NAMES;

/** What a signature is bound to (EIP-712): contract, version, chain. */
export type SigningDomain = {
  readonly name: string;
  readonly version: '1';
  readonly chainId: number;
  readonly verifyingContract: Address;
};

/**
 * The EIP-712 domain of a compute contract.
 *
 * @example
 * ```ts
 * const domain = signingDomain('channels', { chainId: 31337, contract: deployment.channels })
 * ```
 */
export function signingDomain(
  purpose: SigningPurpose,
  { chainId, contract }: { chainId: number; contract: Address },
): SigningDomain {
  return { name: NAMES[purpose], version: '1', chainId, verifyingContract: contract };
}
