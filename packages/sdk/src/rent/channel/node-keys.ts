import { signingDomain, verifyCertificate } from '@millrace/protocol/compute';
import { type SignedQuote, verifyAsk } from '@millrace/protocol/wire';
import { type Address, type Hex, isAddressEqual } from 'viem';
import { isSignedOnChain } from '../../compute/call/is-signed-on-chain.ts';
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
        if (isAddressEqual(ask.node, node)) keys.add(signed.certificate.certificate.key);
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

/** Checks that a certificate is good now, by the chain if its node is a contract. */
export async function requireCertificate(
  host: RentHost,
  certificate: SignedQuote['certificate'],
): Promise<void> {
  const time = BigInt(Math.floor(Date.now() / 1_000));
  // Clocks differ a little.
  const { issuedAt } = certificate.certificate;
  const at = issuedAt > time && issuedAt <= time + 30n ? issuedAt : time;
  const isSigned = isSignedOnChain(host.client);
  await verifyCertificate({ ...certificate, domain: nodesDomain(host), time: at, isSigned });
}
