import { createSessionSecret } from '@millrace/protocol/compute';
import type { AskExchange } from '../../src/gossip/ask-exchange.ts';
import { BannedPeers } from '../../src/gossip/banned-peers.ts';
import type { Host } from '../../src/gossip/host.ts';
import { type GossipOptions, openAskExchange } from '../../src/gossip/open-ask-exchange.ts';
import { askTopic } from '../../src/gossip/topic.ts';
import { ensureWithResolvers } from '../../src/gossip/with-resolvers.ts';
import { domain, type Seller } from './seller.ts';

/** Hosts of one test, closed together. */
export class Network {
  private readonly closers = new Set<() => Promise<void>>();

  async start(seller: Seller, options: Partial<GossipOptions> = {}): Promise<AskExchange> {
    const exchange = await openAskExchange({
      listen: ['/ip4/127.0.0.1/tcp/0'],
      bootstrap: [],
      wantedPeers: 0,
      inboundConnectionThreshold: 100,
      sessionSecret: seller.secret,
      domain,
      publish: () => seller.ask(),
      everySeconds: 3,
      ...options,
    });
    const close = exchange.close;
    this.closers.add(close);
    return {
      ...exchange,
      close: async () => {
        this.closers.delete(close);
        await close();
      },
    };
  }

  /** A host that tells what it wants: nothing of ours checks what it sends. */
  async intrude(victim: AskExchange): Promise<{ host: Host; tell(message: Uint8Array): Promise<unknown> }> {
    ensureWithResolvers();
    const { openHost } = await import('../../src/gossip/host.ts');
    const { multiaddr } = await import('@multiformats/multiaddr');
    const topic = askTopic(domain);
    const host = await openHost(
      { listen: [], sessionSecret: createSessionSecret() },
      topic,
      new BannedPeers(),
    );
    this.closers.add(async () => host.stop());
    host.services.pubsub.subscribe(topic);
    await host.dial(multiaddr(addressOf(victim)));
    while (host.services.pubsub.getSubscribers(topic).length === 0) await pause(50);
    return { host, tell: (message) => host.services.pubsub.publish(topic, message) };
  }

  async close(): Promise<void> {
    await Promise.all([...this.closers].map((close) => close()));
    this.closers.clear();
  }
}

export const addressOf = (exchange: AskExchange): string => exchange.addresses()[0] as string;

/** Whose asks it holds, in order. */
export const nodesOf = (exchange: AskExchange): string[] =>
  exchange
    .asks()
    .map(({ body }) => body.node)
    .sort();

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
