import { afterEach, describe, expect, test } from 'vitest';
import type { AskExchange } from '../../src/gossip/ask-exchange.ts';
import { type GossipOptions, openAskExchange } from '../../src/gossip/open-ask-exchange.ts';
import { createSeller, domain, type Seller } from './seller.ts';

const open: AskExchange[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((exchange) => exchange.close()));
});

async function start(seller: Seller, options: Partial<GossipOptions> = {}): Promise<AskExchange> {
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
  open.push(exchange);
  return exchange;
}

const nodesOf = (exchange: AskExchange) =>
  exchange
    .asks()
    .map(({ body }) => body.node)
    .sort();
const addressOf = (exchange: AskExchange) => exchange.addresses()[0] as string;

describe('asks reach everybody', { timeout: 60_000 }, () => {
  test.each(['line', 'star'])('twelve nodes in a %s', async (shape) => {
    const sellers = await Promise.all(Array.from({ length: 12 }, createSeller));
    const nodes: AskExchange[] = [];
    for (const seller of sellers) {
      const to = shape === 'line' ? nodes.at(-1) : nodes[0];
      nodes.push(await start(seller, { bootstrap: to ? [addressOf(to)] : [] }));
    }
    const begun = performance.now();
    await expect
      .poll(() => nodes.map((node) => node.asks().length), { timeout: 30_000, interval: 100 })
      .toEqual(nodes.map(() => 11));
    console.log(shape, performance.now() - begun);
    const [first] = nodes as [AskExchange];
    expect(nodesOf(first)).toEqual(
      sellers
        .slice(1)
        .map(({ node }) => node)
        .sort(),
    );
  });
});
