import { peerIdFromString } from '@libp2p/peer-id';
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr';
import { GossipError } from './gossip-error.ts';
import type { Host } from './host.ts';
import { askForPeers, shuffled } from './peer-exchange.ts';

const ROUND_MILLISECONDS = 2_000;
const DIAL_MILLISECONDS = 8_000;
const LONGEST_WAIT_MILLISECONDS = 60_000;
const ASK_EVERY_MILLISECONDS = 10_000;
/** Of those named by the operator this many are held to, whoever else there is: so parts of a torn network meet again. */
const BOOTSTRAP_PEERS = 3;
const MOST_KNOWN = 64;

type Door = {
  readonly address: Multiaddr;
  readonly peer: string | undefined;
  wait: number;
  notBefore: number;
};

/**
 * Reads the addresses of first peers.
 *
 * @throws GossipError `GOSSIP_ADDRESS_INVALID`
 */
export function readBootstrap(addresses: readonly string[]): Multiaddr[] {
  return addresses.map((text) => {
    try {
      const address = multiaddr(text);
      peerIdFromString(peerOf(address) ?? '');
      return address;
    } catch (cause) {
      throw invalid(text, cause);
    }
  });
}

/** Keeps a host connected: to those named by the operator, and to others that they know, until there are enough. */
export class Connections {
  private readonly host: Host;
  private readonly wanted: number;
  private readonly first: Door[];
  private readonly known = new Map<string, Door>();
  private readonly askedAt = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  /** @param wanted no more are looked for when there are as many peers */
  constructor(host: Host, bootstrap: readonly Multiaddr[], wanted: number) {
    this.host = host;
    this.wanted = wanted;
    const self = host.peerId.toString();
    this.first = bootstrap.map(doorOf).filter(({ peer }) => peer !== self);
  }

  open(): void {
    const round = async () => {
      await this.round().catch(() => {});
      if (!this.isClosed) this.timer = setTimeout(round, ROUND_MILLISECONDS).unref();
    };
    void round();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  private async round(): Promise<void> {
    const connected = new Set(this.host.getPeers().map(String));
    const isMissing = ({ peer, notBefore }: Door) => !connected.has(peer ?? '') && notBefore <= Date.now();
    const bootstraps = this.first.filter(({ peer }) => connected.has(peer ?? '')).length;
    const first = shuffled(this.first.filter(isMissing)).slice(0, Math.max(0, BOOTSTRAP_PEERS - bootstraps));
    const missing = Math.max(0, this.wanted - connected.size - first.length);
    const others = shuffled([...this.known.values()].filter(isMissing)).slice(0, missing);
    await Promise.all([
      ...[...first, ...others].map((door) => this.knock(door)),
      ...(missing > 0 ? [this.learn()] : []),
    ]);
  }

  private async knock(door: Door): Promise<void> {
    try {
      await this.host.dial(door.address, { signal: AbortSignal.timeout(DIAL_MILLISECONDS) });
      door.wait = ROUND_MILLISECONDS;
    } catch {
      door.notBefore = Date.now() + door.wait * (0.5 + Math.random());
      door.wait = Math.min(LONGEST_WAIT_MILLISECONDS, door.wait * 2);
      // A stranger’s door that stays shut makes room for another.
      if (door.wait === LONGEST_WAIT_MILLISECONDS && door.peer) this.known.delete(door.peer);
    }
  }

  private async learn(): Promise<void> {
    const now = Date.now();
    for (const [peer, at] of this.askedAt) if (at + ASK_EVERY_MILLISECONDS < now) this.askedAt.delete(peer);
    const [connection] = shuffled(
      this.host.getConnections().filter(({ remotePeer }) => !this.askedAt.has(remotePeer.toString())),
    );
    if (connection === undefined) return;
    this.askedAt.set(connection.remotePeer.toString(), now);
    for (const address of await askForPeers(this.host, connection)) {
      const door = doorOf(address);
      if (door.peer === undefined || door.peer === this.host.peerId.toString()) continue;
      if (this.known.size < MOST_KNOWN && !this.known.has(door.peer)) this.known.set(door.peer, door);
    }
  }
}

function doorOf(address: Multiaddr): Door {
  return { address, peer: peerOf(address), wait: ROUND_MILLISECONDS, notBefore: 0 };
}

function peerOf(address: Multiaddr): string | undefined {
  return address.getComponents().findLast(({ name }) => name === 'p2p')?.value;
}

function invalid(text: string, cause: unknown): GossipError {
  return new GossipError(`“${text}” is no address of a peer.`, {
    code: 'GOSSIP_ADDRESS_INVALID',
    hint: 'Use the multiaddr that the other node prints, such as /ip4/203.0.113.7/tcp/7001/p2p/12D3KooW….',
    cause,
  });
}
