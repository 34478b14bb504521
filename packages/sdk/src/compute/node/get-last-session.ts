import type { MillraceError } from '@millrace/protocol';
import type { Certificate } from '@millrace/protocol/compute';
import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import type { Address, Hex } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';

export type GetLastSessionParameters = {
  /** The `NodeRegistry`. */
  registry: Address;
  node: Address;
};
/** What a chain knows of the session keys of an account: the last one, and from when; `key` is zero once it was revoked. */
export type LastSession = {
  readonly key: Hex;
  /** Seconds since 1970; zero when the chain knows of none. */
  readonly issuedAt: bigint;
};
export type GetLastSessionReturnType = LastSession;
export type GetLastSessionErrorType = MillraceError;

/**
 * The last session key that an account has certified on chain, or the time at which it revoked its keys.
 *
 * @example
 * ```ts
 * const last = await getLastSession(client, { registry, node: certificate.node })
 * if (isCertificateRevoked(certificate, last)) console.log('its key was revoked')
 * ```
 */
export async function getLastSession(
  client: SdkClient,
  { registry, node }: GetLastSessionParameters,
): Promise<GetLastSessionReturnType> {
  const { key, issuedAt } = await decoding(() =>
    readContract(client, {
      address: registry,
      abi: iNodeRegistryAbi,
      functionName: 'sessionOf',
      args: [node],
    }),
  );
  return { key, issuedAt: BigInt(issuedAt) };
}

/**
 * Whether a certificate is void by what the chain says: its account has revoked its key, or certified another, since it was
 * issued. An account of which the chain knows nothing has not.
 */
export function isCertificateRevoked(
  { key, issuedAt }: Pick<Certificate, 'key' | 'issuedAt'>,
  last: LastSession,
): boolean {
  return last.issuedAt > 0n && last.key !== key && issuedAt <= last.issuedAt;
}
