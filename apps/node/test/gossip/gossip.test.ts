import { afterEach, describe, expect, test } from 'vitest';
import type { AskExchange } from '../../src/gossip/ask-exchange.ts';
import { addressOf, Network, nodesOf, pause } from './network.ts';
import { createSeller, type Seller, seconds } from './seller.ts';
import { openWeakLink } from './weak-link.ts';

const network = new Network();
afterEach(() => network.close());

const createSellers = (count: number): Promise<Seller[]> =>
  Promise.all(Array.from({ length: count }, createSeller));

const all = (sellers: readonly Seller[]): string[] => sellers.map(({ node }) => node).sort();

/** Each knows of all others. */
async function expectAllToKnow(nodes: readonly AskExchange[], sellers: readonly Seller[], timeout = 60_000) {
  const others = sellers.map((seller) => all(sellers.filter((each) => each !== seller)));
  await expect.poll(() => nodes.map(nodesOf), { timeout, interval: 100 }).toEqual(others);
}

describe('asks reach everybody', { timeout: 300_000 }, () => {
  test.each(['line', 'star'])('twelve nodes in a %s', async (shape) => {
    const sellers = await createSellers(12);
    const nodes: AskExchange[] = [];
    for (const seller of sellers) {
      const to = shape === 'line' ? nodes.at(-1) : nodes[0];
      nodes.push(await network.start(seller, { bootstrap: to ? [addressOf(to)] : [] }));
    }
    await expectAllToKnow(nodes, sellers);
    const expected = shape === 'line' ? [1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1] : [11, ...Array(11).fill(1)];
    expect(nodes.map((node) => node.peers())).toEqual(expected);
  });

  test('and stay fresh', async () => {
    const [a, b] = (await createSellers(2)) as [Seller, Seller];
    const first = await network.start(a);
    const second = await network.start(b, { bootstrap: [addressOf(first)] });
    await expectAllToKnow([first, second], [a, b]);
    const issuedAt = () => second.asks()[0]?.body.issuedAt ?? 0n;
    const before = issuedAt();
    await expect.poll(issuedAt, { timeout: 60_000 }).toBeGreaterThanOrEqual(before + 6n);
  });

  test('those who know one node find others, so that it is not needed any more', async () => {
    const sellers = await createSellers(5);
    const hub = await network.start(sellers[0] as Seller, { wantedPeers: 3 });
    const rest: AskExchange[] = [];
    for (const seller of sellers.slice(1)) {
      rest.push(await network.start(seller, { bootstrap: [addressOf(hub)], wantedPeers: 3 }));
    }
    await expect
      .poll(() => Math.min(...rest.map((node) => node.peers())), { timeout: 60_000 })
      .toBeGreaterThanOrEqual(3);
    await hub.close();
    await pause(1_000);
    const issued = () => rest.flatMap((node) => node.asks().map(({ body }) => body.issuedAt));
    const gone = seconds();
    await expect
      .poll(() => issued().filter((at) => at > gone).length, { timeout: 60_000 })
      .toBe(rest.length * (rest.length - 1));
  });
});

describe('nodes come and go', { timeout: 300_000 }, () => {
  test('the ask of one that left vanishes, everywhere, when it ends', async () => {
    const sellers = (await createSellers(3)) as [Seller, Seller, Seller];
    const brief = () => sellers[2].ask({ expiry: seconds() + 12n });
    const first = await network.start(sellers[0]);
    const second = await network.start(sellers[1], { bootstrap: [addressOf(first)] });
    const third = await network.start(sellers[2], { bootstrap: [addressOf(second)], publish: brief });
    await expectAllToKnow([first, second, third], sellers);
    await third.close();
    await expect
      .poll(() => [first, second].map(nodesOf), { timeout: 60_000 })
      .toEqual([[sellers[1].node], [sellers[0].node]]);
  });

  test('one that takes no work tells nothing, and hears', async () => {
    const [a, b] = (await createSellers(2)) as [Seller, Seller];
    const quiet = await network.start(a, { publish: () => undefined });
    const loud = await network.start(b, { bootstrap: [addressOf(quiet)] });
    await expect.poll(() => nodesOf(quiet), { timeout: 60_000 }).toEqual([b.node]);
    await pause(3_500);
    expect(nodesOf(loud)).toEqual([]);
  });

  test('the first node starts again at its address, and all meet again', async () => {
    const sellers = (await createSellers(4)) as [Seller, Seller, Seller, Seller];
    const first = await network.start(sellers[0]);
    const address = addressOf(first);
    const rest: AskExchange[] = [];
    for (const seller of sellers.slice(1)) rest.push(await network.start(seller, { bootstrap: [address] }));
    await expectAllToKnow([first, ...rest], sellers);
    await first.close();
    await expect.poll(() => rest.map((node) => node.peers()), { timeout: 60_000 }).toEqual([0, 0, 0]);
    const again = await network.start(sellers[0], { listen: [address.replace(/\/p2p\/.*/, '')] });
    expect(addressOf(again)).toBe(address);
    await expectAllToKnow([again, ...rest], sellers);
  });

  test('a network torn in two goes on in both parts, and grows together', async () => {
    const sellers = await createSellers(6);
    const [first] = sellers as [Seller];
    const nodes = [await network.start(first)];
    const port = /tcp\/(\d+)/.exec(addressOf(nodes[0] as AskExchange))?.[1];
    const link = await openWeakLink(Number(port));
    const throughLink = addressOf(nodes[0] as AskExchange).replace(`tcp/${port}`, `tcp/${link.port}`);
    for (const [index, seller] of sellers.slice(1).entries()) {
      // Three here, three beyond the link.
      const to =
        index < 2 ? addressOf(nodes[0] as AskExchange) : addressOf(nodes[3] ?? (nodes[0] as AskExchange));
      nodes.push(await network.start(seller, { bootstrap: [index === 2 ? throughLink : to] }));
    }
    await expectAllToKnow(nodes, sellers);

    link.tear();
    await pause(1_000);
    const torn = seconds();
    const heardSince = (node: AskExchange) =>
      node
        .asks()
        .filter(({ body }) => body.issuedAt > torn)
        .map(({ body }) => body.node)
        .sort();
    const partOf = (index: number) => (index < 3 ? sellers.slice(0, 3) : sellers.slice(3));
    const inParts = sellers.map((seller, index) => all(partOf(index).filter((each) => each !== seller)));
    await expect.poll(() => nodes.map(heardSince), { timeout: 60_000 }).toEqual(inParts);

    link.mend();
    const everywhere = sellers.map((seller) => all(sellers.filter((each) => each !== seller)));
    await expect.poll(() => nodes.map(heardSince), { timeout: 60_000 }).toEqual(everywhere);
    await link.close();
  });
});

describe('a link that swallows everything', { timeout: 300_000 }, () => {
  test('is noticed without a word from the other side, and replaced', async () => {
    const [a, b] = (await createSellers(2)) as [Seller, Seller];
    const first = await network.start(a);
    const port = /tcp\/(\d+)/.exec(addressOf(first))?.[1];
    const link = await openWeakLink(Number(port));
    const throughLink = addressOf(first).replace(`tcp/${port}`, `tcp/${link.port}`);
    const second = await network.start(b, { bootstrap: [throughLink] });
    await expectAllToKnow([first, second], [a, b]);
    link.silence();
    await pause(4_000);
    const silent = seconds();
    const isFresh = (node: AskExchange) => node.asks().some(({ body }) => body.issuedAt > silent);
    await expect.poll(() => [first, second].map(isFresh), { timeout: 60_000 }).toEqual([true, true]);
    await link.close();
  });
});

describe('what an operator got wrong', () => {
  test.each(['127.0.0.1:7001', '/ip4/127.0.0.1/tcp/7001', '/ip4/127.0.0.1/tcp/7001/p2p/me'])(
    'the address %s',
    async (address) => {
      const starting = network.start(await createSeller(), { bootstrap: [address] });
      await expect(starting).rejects.toMatchObject({ code: 'GOSSIP_ADDRESS_INVALID', fault: 'user' });
    },
  );

  test('a port that is taken', async () => {
    const taken = await network.start(await createSeller());
    const listen = [addressOf(taken).replace(/\/p2p\/.*/, '')];
    const starting = network.start(await createSeller(), { listen });
    await expect(starting).rejects.toMatchObject({ code: 'GOSSIP_LISTEN_FAILED' });
  });
});
