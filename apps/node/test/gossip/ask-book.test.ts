import { createServer, type Server } from 'node:http';
import { encodeWire, type SignedAsk } from '@millrace/protocol/wire';
import { afterEach, describe, expect, test } from 'vitest';
import type { AskExchange } from '../../src/gossip/ask-exchange.ts';
import { openAskBook } from '../../src/gossip/open-ask-book.ts';
import { addressOf, Network, nodesOf } from './network.ts';
import { createSeller, domain, type Seller, seconds } from './seller.ts';

const network = new Network();
const servers: Server[] = [];
const books: AskExchange[] = [];
afterEach(async () => {
  await Promise.all(books.splice(0).map((book) => book.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await network.close();
});

/** An endpoint: answers by what the function makes of path and body. */
async function serve(answer: (path: string, body: Buffer) => unknown): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = `${request.method} ${request.url}`;
    response.end(encodeWire(await answer(path, Buffer.concat(chunks))));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** What a node serves of an exchange. */
const serveExchange = (exchange: AskExchange, seller: Seller): Promise<string> =>
  serve((path, body) => {
    if (path === 'GET /v1/ask') return seller.ask();
    if (path === 'GET /v1/asks') return { asks: exchange.asks() };
    return path === 'POST /v1/asks' ? exchange.offer(body, 'http') : undefined;
  });

function open(seller: Seller, urls: string[], publish: () => SignedAsk | undefined = () => seller.ask()) {
  const book = openAskBook({ urls, domain, publish, everySeconds: 2.5 });
  books.push(book);
  return book;
}

describe('over HTTP', { timeout: 300_000 }, () => {
  test('a node behind a firewall hears those who gossip, and they hear it', async () => {
    const [a, b, c] = (await Promise.all([1, 2, 3].map(createSeller))) as [Seller, Seller, Seller];
    const first = await network.start(a);
    const second = await network.start(b, { bootstrap: [addressOf(first)] });
    const book = open(c, [await serveExchange(first, a)]);
    await expect.poll(() => nodesOf(book), { timeout: 60_000 }).toEqual([a.node, b.node].sort());
    await expect.poll(() => nodesOf(first), { timeout: 60_000 }).toContain(c.node);
    await expect.poll(() => nodesOf(second), { timeout: 60_000 }).toContain(c.node);
    expect([book.peers(), book.addresses()]).toEqual([1, []]);
  });

  test('lies are left out, one by one', async () => {
    const [honest, liar, own] = (await Promise.all([1, 2, 3].map(createSeller))) as [Seller, Seller, Seller];
    const ask = honest.ask();
    const asks = [
      null,
      'ask',
      { body: { node: liar.node, issuedAt: 'soon' } },
      { ...liar.ask(), certificate: honest.certificate },
      liar.ask({ issuedAt: seconds() - 900n }),
      own.ask(),
      ask,
    ];
    const book = open(own, [await serve((path) => (path === 'GET /v1/asks' ? { asks } : { no: 'ask' }))]);
    await expect.poll(() => book.asks(), { timeout: 60_000 }).toEqual([ask]);
  });

  test('a list that never ends is not read to its end; another endpoint is', async () => {
    const seller = await createSeller();
    const endless = createServer((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
      };
      response.on('drain', more);
      more();
    });
    servers.push(endless);
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(endless.address() as { port: number }).port}`;
    const good = await serve((path) => (path === 'GET /v1/asks' ? { asks: [seller.ask()] } : {}));
    const book = open(await createSeller(), [url, good, 'http://127.0.0.1:1']);
    await expect.poll(() => nodesOf(book), { timeout: 60_000 }).toEqual([seller.node]);
    await expect.poll(() => book.peers(), { timeout: 60_000 }).toBe(1);
  });

  test('a list of which all is known already is no flood', async () => {
    const sellers = await Promise.all(Array.from({ length: 150 }, createSeller));
    const asks = sellers.map((seller) => seller.ask());
    const book = open(await createSeller(), [
      await serve((path) => (path === 'GET /v1/asks' ? { asks } : {})),
    ]);
    await expect.poll(() => book.asks().length, { timeout: 60_000 }).toBe(150);
    // Three more rounds of the same, then something new.
    await expect.poll(() => book.peers(), { timeout: 60_000 }).toBe(1);
    const late = await createSeller();
    await new Promise((resolve) => setTimeout(resolve, 7_500));
    asks.push(late.ask());
    await expect.poll(() => nodesOf(book), { timeout: 60_000 }).toContain(late.node);
  });
});
