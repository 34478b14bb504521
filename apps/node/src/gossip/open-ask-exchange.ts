import type { AskExchange, AskExchangeOptions } from './ask-exchange.ts';
import type { HostOptions } from './host.ts';
import { ensureWithResolvers } from './with-resolvers.ts';

export type GossipOptions = AskExchangeOptions &
  HostOptions & {
    /** Multiaddrs of first peers, with their identities (`…/p2p/12D3KooW…`). */
    readonly bootstrap: readonly string[];
    /** No more are looked for when there are as many peers; 0: only those of `bootstrap`. Default: 6. */
    readonly wantedPeers?: number | undefined;
  };

/**
 * Exchanges asks by gossip. The identity among peers is the node’s session key. libp2p is loaded by this call: who does not
 * make it does not pay the memory.
 *
 * @throws GossipError `GOSSIP_ADDRESS_INVALID`, `GOSSIP_LISTEN_FAILED`
 */
export async function openAskExchange(options: GossipOptions): Promise<AskExchange> {
  ensureWithResolvers();
  const { joinGossip } = await import('./join-gossip.ts');
  return joinGossip(options);
}
