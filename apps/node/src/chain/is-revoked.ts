import type { Certificate } from '@millrace/protocol/compute';
import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import type { Address, Client, Hex } from 'viem';
import { readContract } from 'viem/actions';

/** What a chain knows of the session keys of an account: the last one, and from when; `key` is zero once it was revoked. */
export type SessionOnChain = { readonly key: Hex; readonly issuedAt: bigint };

/** Asks the registry for the last session key of an account. */
export function sessionAt(client: Client, registry: Address): (node: Address) => Promise<SessionOnChain> {
  return async (node) => {
    const { key, issuedAt } = await readContract(client, {
      address: registry,
      abi: iNodeRegistryAbi,
      functionName: 'sessionOf',
      args: [node],
    });
    return { key, issuedAt: BigInt(issuedAt) };
  };
}

/**
 * Whether a certificate is void by what the chain says: its account has revoked its key, or certified another, since it was
 * issued. An account of which the chain knows nothing has not.
 */
export function isVoid(
  { key, issuedAt }: Pick<Certificate, 'key' | 'issuedAt'>,
  last: SessionOnChain,
): boolean {
  return last.issuedAt > 0n && last.key !== key && issuedAt <= last.issuedAt;
}
