import type { MillraceError } from '@millrace/protocol';
import type { LastSession } from '@millrace/protocol/compute';
import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';

export type GetLastSessionParameters = {
  /** The `NodeRegistry`. */
  registry: Address;
  node: Address;
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
