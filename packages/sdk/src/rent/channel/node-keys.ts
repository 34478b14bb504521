import { requireNotRevoked, signingDomain, verifyCertificate } from '@millrace/protocol/compute';
import { type SignedQuote, verifyAsk } from '@millrace/protocol/wire';
import { type Address, type Hex, isAddressEqual } from 'viem';
import { isSignedOnChain } from '../../compute/call/is-signed-on-chain.ts';
import { getLastSession } from '../../compute/node/get-last-session.ts';
import { isRevokedOnChain } from '../../compute/node/is-revoked-on-chain.ts';
import type { RentHost } from '../host/rent-host.ts';
import type { NodeApi } from '../node/node-api.ts';

/** The session keys that a node has certified. */
export type NodeKeys = {
  has(key: Hex): boolean;
  /** Looks whether the node has certified another key since. Never throws. */
  refresh(): Promise<void>;
};

/** @param quote whose certificate was checked */
export function createNodeKeys(host: RentHost, api: NodeApi, node: Address, quote: SignedQuote): NodeKeys {
  const keys = new Set<Hex>([quote.certificate.certificate.key]);
  return {
    has: (key) => keys.has(key),
    refresh: async () => {
      try {
        const signed = await api.ask(host.signal);
        const ask = await verifyAsk(signed, {
          domain: nodesDomain(host),
          time: BigInt(Math.floor(Date.now() / 1_000)),
          isSigned: isSignedOnChain(host.client),
        });
        const { certificate } = signed.certificate;
        const isRevoked = isRevokedOnChain(host.client, host.contracts.nodeRegistry);
        // It comes from where the channel was opened; a chain that is silent for a moment makes nobody dishonest.
        if (await isRevoked(certificate).catch(() => false)) return;
        if (isAddressEqual(ask.node, node)) keys.add(certificate.key);
      } catch {
        // Then the key stays unknown, and what it signed is refused.
      }
    },
  };
}

/** What certificates are signed for. */
export function nodesDomain({ chainId, contracts }: Pick<RentHost, 'chainId' | 'contracts'>) {
  return signingDomain('nodes', { chainId, contract: contracts.nodeRegistry });
}

/**
 * Checks that a certificate is good now, and was not revoked on chain.
 *
 * @throws `ComputeError` `CERTIFICATE_REVOKED`, and those of `verifyCertificate`; what the chain says.
 */
export async function requireCertificate(
  host: RentHost,
  certificate: SignedQuote['certificate'],
): Promise<void> {
  const time = BigInt(Math.floor(Date.now() / 1_000));
  // Clocks differ a little.
  const { issuedAt, node } = certificate.certificate;
  const at = issuedAt > time && issuedAt <= time + 30n ? issuedAt : time;
  const isSigned = isSignedOnChain(host.client);
  await verifyCertificate({ ...certificate, domain: nodesDomain(host), time: at, isSigned });
  const last = await getLastSession(host.client, { registry: host.contracts.nodeRegistry, node });
  requireNotRevoked(certificate.certificate, last);
}
