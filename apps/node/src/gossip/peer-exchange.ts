import type { Connection, PeerId, Stream } from '@libp2p/interface';
import { isPrivate } from '@libp2p/utils';
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr';
import type { Host } from './host.ts';
import { TokenBuckets } from './token-buckets.ts';

const PROTOCOL = '/millrace/peers/1';
const MOST_ADDRESSES = 16;
const MOST_BYTES = 8_192;
/** That a stream has ended is not known before both sides end it. */
const END = '\n';
const MILLISECONDS = 5_000;
/** One question is enough for a while. */
const QUESTIONS = { perSecond: 0.1, burst: 3 };

/** Answers peers that ask for other peers: a line for each address, then an empty one. */
export async function answerPeers(host: Host): Promise<void> {
  const questions = new TokenBuckets(QUESTIONS);
  const answer = async (stream: Stream, connection: Connection) => {
    const asker = connection.remotePeer;
    if (questions.take(asker.toString(), Date.now())) {
      const lines = await addressesFor(host, asker);
      stream.send(Buffer.from(lines.map((line) => `${line}\n`).join('') + END));
    }
    await stream.close({ signal: AbortSignal.timeout(MILLISECONDS) });
  };
  await host.handle(
    PROTOCOL,
    (stream, connection) =>
      void answer(stream, connection).catch((error: unknown) => stream.abort(error as Error)),
    { maxInboundStreams: 2 },
  );
}

/** Asks a peer for addresses of others. What it says may be wrong: it is only where to knock. */
export async function askForPeers(host: Host, connection: Connection): Promise<Multiaddr[]> {
  const signal = AbortSignal.timeout(MILLISECONDS);
  const stream = await host.dialProtocol(connection.remotePeer, PROTOCOL, { signal });
  const abort = () => stream.abort(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    const isNear = isPrivate(connection.remoteAddr);
    const addresses = readAddresses(await readText(stream));
    // A stranger on the Internet shall not make this machine knock at doors of its own network.
    return addresses.filter((address) => isNear || !isPrivate(address));
  } finally {
    signal.removeEventListener('abort', abort);
    stream.abort(new DOMException('done', 'AbortError'));
  }
}

async function addressesFor(host: Host, asker: PeerId): Promise<string[]> {
  const others = host.getPeers().filter((peer) => !peer.equals(asker));
  const lines: string[] = [];
  for (const peer of shuffled(others)) {
    if (lines.length >= MOST_ADDRESSES) break;
    const { addresses } = await host.peerStore.get(peer);
    const [address] = addresses;
    if (address) lines.push(`${`${address.multiaddr}`.replace(/\/p2p\/.*$/, '')}/p2p/${peer}`);
  }
  return lines;
}

async function readText(stream: Stream): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += Buffer.from(chunk.subarray()).toString('latin1');
    if (text.length > MOST_BYTES) return '';
    if (text.endsWith(`\n${END}`) || text === END) return text;
  }
  return text;
}

function readAddresses(text: string): Multiaddr[] {
  return text.split('\n', MOST_ADDRESSES).flatMap((line) => {
    try {
      return line === '' ? [] : [multiaddr(line)];
    } catch {
      return [];
    }
  });
}

/** In random order, so that not all strangers are sent to the same few. */
export function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
