import { type Certificate, isCertificateRevoked } from '@millrace/protocol/compute';
import type { Address } from 'viem';
import type { SdkClient } from '../../call/client.ts';
import { getLastSession } from './get-last-session.ts';

/** Whether a chain says that a certificate holds no more. */
export type IsRevoked = (certificate: Certificate) => Promise<boolean>;

/** Asks the `NodeRegistry` at `registry`, each time. */
export function isRevokedOnChain(client: SdkClient, registry: Address): IsRevoked {
  return async (certificate) =>
    isCertificateRevoked(certificate, await getLastSession(client, { registry, node: certificate.node }));
}
