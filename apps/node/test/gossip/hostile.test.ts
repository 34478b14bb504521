import { createSessionSecret, sessionKeyOf } from '@millrace/protocol/compute';
import { encodeWire, signAsk } from '@millrace/protocol/wire';
import { multiaddr } from '@multiformats/multiaddr';
import { afterEach, describe, expect, test } from 'vitest';
import type { AskExchange } from '../../src/gossip/ask-exchange.ts';
import { addressOf, Network, nodesOf, pause } from './network.ts';
import { createSeller, seconds } from './seller.ts';

const network = new Network();
afterEach(() => network.close());

const bytes = (ask: unknown) => Buffer.from(encodeWire(ask));

/** A victim, and a friend of it that the intruder does not know. */
async function startTwo(): Promise<{ victim: AskExchange; friend: AskExchange; names: string[] }> {
  const [a, b] = await Promise.all([createSeller(), createSeller()]);
  const victim = await network.start(a);
  const friend = await network.start(b, { bootstrap: [addressOf(victim)] });
  await expect
    .poll(() => [nodesOf(victim), nodesOf(friend)], { timeout: 60_000 })
    .toEqual([[b.node], [a.node]]);
  return { victim, friend, names: [a.node, b.node] };
}

describe('an intruder among the peers', { timeout: 300_000 }, () => {
  test('is heard when what it passes on is true, whoever it is', async () => {
    const { victim, friend } = await startTwo();
    const seller = await createSeller();
    const { tell } = await network.intrude(victim);
    await tell(bytes(seller.ask()));
    await expect.poll(() => nodesOf(friend), { timeout: 60_000 }).toContain(seller.node);
    expect(nodesOf(victim)).toContain(seller.node);
  });

  test('is not believed, not passed on, and shown the door when it forges', async () => {
    const { victim, friend, names } = await startTwo();
    const [seller, other] = await Promise.all([createSeller(), createSeller()]);
    const ask = seller.ask();
    const session = sessionKeyOf(createSessionSecret());
    const { certificate, signature } = seller.certificate;
    const forged = [
      { ...ask, body: { ...ask.body, price: { ...ask.body.price, perJob: 0n } } },
      { ...ask, body: { ...ask.body, node: other.node } },
      { ...ask, certificate: other.certificate },
      signAsk(ask.body, session, { certificate: { ...certificate, key: session.publicKey }, signature }),
      seller.ask({ issuedAt: seconds() - 900n, expiry: seconds() - 840n }),
      seller.ask({ chainId: 1 }),
      seller.ask({ expiry: seconds() + 600n }),
      { ...ask, endpoint: 'http://192.0.2.1' },
      { ...ask, body: {} },
    ];
    // Three are enough: each three are told by another.
    for (let at = 0; at < forged.length; at += 3) {
      const { host, tell } = await network.intrude(victim);
      expect(host.getPeers()).toHaveLength(1);
      for (const message of forged.slice(at, at + 3)) await tell(bytes(message));
      await expect.poll(() => host.getPeers().length, { timeout: 60_000 }).toBe(0);
      // Nor does it come back in.
      await host.dial(multiaddr(addressOf(victim))).catch(() => {});
      await expect.poll(() => host.getPeers().length, { timeout: 60_000 }).toBe(0);
    }
    await pause(1_000);
    expect(nodesOf(victim)).toEqual([names[1]]);
    expect(nodesOf(friend)).toEqual([names[0]]);
    expect(friend.peers()).toBe(1);
  });

  test.each([
    ['forged', 0n],
    ['late', 70n],
  ])('floods with 5,000 messages that are %s; memory stays, and honest asks flow', async (kind, ago) => {
    const { victim, friend, names } = await startTwo();
    const intruders = await Promise.all([1, 2, 3].map(() => network.intrude(victim)));
    const seller = await createSeller();
    const ask = seller.ask({ issuedAt: seconds() - ago });
    const messages = Array.from({ length: 5_000 }, (_, number) =>
      bytes({ ...ask, body: { ...ask.body, price: { ...ask.body.price, perJob: BigInt(number + 2) } } }),
    );
    const before = process.memoryUsage().rss;
    const cpu = process.cpuUsage();
    for (const [number, message] of messages.entries()) {
      const intruder = intruders[number % intruders.length];
      await intruder?.tell(message).catch(() => {});
      if (number % 100 === 0) await pause(5);
    }
    // What is late may be nobody’s fault: then it is only not read any more.
    const left = kind === 'forged' ? 0 : 1;
    await expect
      .poll(() => intruders.map(({ host }) => host.getPeers().length), { timeout: 60_000 })
      .toEqual([left, left, left]);
    await pause(1_000);
    const { user, system } = process.cpuUsage(cpu);
    const grown = (process.memoryUsage().rss - before) / 2 ** 20;
    process.stdout.write(
      `${kind}: ${Math.round((user + system) / 1_000)} ms of CPU, ${Math.round(grown)} MiB\n`,
    );
    expect(grown).toBeLessThan(150);
    expect(nodesOf(victim)).toEqual([names[1]]);

    const flooded = seconds();
    const isFresh = (node: AskExchange) => node.asks().some(({ body }) => body.issuedAt > flooded);
    await expect.poll(() => [victim, friend].map(isFresh), { timeout: 60_000 }).toEqual([true, true]);
    await network.start(seller, { bootstrap: [addressOf(victim)] });
    await expect.poll(() => nodesOf(friend), { timeout: 60_000 }).toContain(seller.node);
  });
});
