import { generateKeyPairFromSeed } from '@libp2p/crypto/keys';
import { type GossipSub, gossipsub } from '@libp2p/gossipsub';
import { type Identify, identify } from '@libp2p/identify';
import type { Libp2p } from '@libp2p/interface';
import { noise } from '@libp2p/noise';
import { tcp } from '@libp2p/tcp';
import { yamux } from '@libp2p/yamux';
import { createLibp2p } from 'libp2p';
import { type Hex, hexToBytes } from 'viem';
import type { BannedPeers } from './banned-peers.ts';
import { GossipError } from './gossip-error.ts';
import { gossipSettings } from './gossip-settings.ts';

export type Host = Libp2p<{ identify: Identify; pubsub: GossipSub }>;

export type HostOptions = {
  /** Multiaddrs, such as `/ip4/0.0.0.0/tcp/7001`; none for a node that only calls others. */
  readonly listen: readonly string[];
  /** What others are told instead, for a node behind a router. */
  readonly announce?: readonly string[] | undefined;
  readonly sessionSecret: Hex;
  readonly maxConnections?: number | undefined;
  /** How many connections a second one address may open. Default: 10. */
  readonly inboundConnectionThreshold?: number | undefined;
};

/**
 * Starts a libp2p host whose identity is the session key.
 *
 * @throws GossipError `GOSSIP_LISTEN_FAILED`
 */
export async function openHost(options: HostOptions, topic: string, banned: BannedPeers): Promise<Host> {
  const isBanned = (peer: { toString(): string }) => banned.isBanned(peer.toString());
  const host = await createLibp2p({
    privateKey: await generateKeyPairFromSeed('Ed25519', hexToBytes(options.sessionSecret)),
    addresses: { listen: [...options.listen], announce: [...(options.announce ?? [])] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionManager: {
      maxConnections: options.maxConnections ?? 64,
      inboundConnectionThreshold: options.inboundConnectionThreshold ?? 10,
      maxIncomingPendingConnections: 16,
      maxParallelDials: 8,
    },
    connectionGater: {
      denyDialPeer: isBanned,
      denyInboundEncryptedConnection: isBanned,
      // Addresses of strangers are looked through before they are dialled; those of the operator are his business.
      denyDialMultiaddr: () => false,
    },
    services: { identify: identify(), pubsub: gossipsub(gossipSettings(topic)) },
    start: false,
  });
  try {
    await host.start();
  } catch (cause) {
    await host.stop();
    throw new GossipError(`Gossip cannot listen on ${options.listen.join(', ')}.`, {
      code: 'GOSSIP_LISTEN_FAILED',
      hint: 'Choose addresses of this machine, and ports that nothing else uses.',
      cause,
    });
  }
  return host;
}
