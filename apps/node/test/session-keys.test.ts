import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { devnetAccount, freePort } from '@millrace/devnet';
import { signingDomain, verifyCertificate } from '@millrace/protocol/compute';
import { nodeStatusSchema, ROUTES } from '@millrace/protocol/wire';
import { getLastSession, isRevokedOnChain, revokeSession } from '@millrace/sdk/compute';
import { toHex } from 'viem';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Session } from '../src/identity/session.ts';
import type { RunningNode } from '../src/index.ts';
import { ECHO, LONG_STEPS } from './modules.ts';
import { jobOf } from './rent-jobs.ts';
import { rentFrom, startRented } from './rent-world.ts';
import { createRenter } from './renter.ts';
import { startTamperingProxy } from './tampering-proxy.ts';
import { createWorld, type World } from './world.ts';

const DAY = 86_400_000;

let world: World;
/** How far the clock of this process is ahead, milliseconds. */
let ahead = 0;
const clock = Date.now;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  ahead = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => clock() + ahead);
  world = await createWorld();
  closers.push(() => world.close());
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  vi.restoreAllMocks();
});

async function start(
  ...parameters: Parameters<typeof startRented> extends [World, ...infer Rest] ? Rest : []
) {
  const node = await startRented(world, ...parameters);
  closers.push(() => node.close());
  return node;
}
async function rent(...parameters: Parameters<typeof rentFrom> extends [World, ...infer Rest] ? Rest : []) {
  const rented = await rentFrom(world, ...parameters);
  closers.push(() => rented.renter.close());
  return rented;
}

/** What `millrace node rotate` does. */
async function rotate(endpoint: string, name: string): Promise<string> {
  const token = readFileSync(join(world.folder, name, 'operator.token'), 'utf8').trim();
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(endpoint + ROUTES.rotate, { method: 'POST', headers });
  return nodeStatusSchema.parse(await response.json()).sessionKey;
}

const keyOf = (node: RunningNode) => node.ask().certificate.certificate.key;
const hello = (text = 'hello') => jobOf(ECHO, { inputs: [new TextEncoder().encode(text)] });

it('a node that is given another key goes on: jobs that run end under the new one, and are paid', async () => {
  const node = await start(1, { exposureCap: '100000000' });
  const { renter, events } = await rent(2, [node.endpoint]);
  const long = renter.run(jobOf(LONG_STEPS, { fuel: 100_000_000_000n, timeMilliseconds: 600_000 }));
  await expect.poll(() => node.status().queue.running, { timeout: 30_000 }).toBe(1);
  const before = keyOf(node);
  expect(await rotate(node.endpoint, 'node-1')).toBe(keyOf(node));
  expect(keyOf(node)).not.toBe(before);

  const { receipt, attempts } = await long.result;
  expect({ key: receipt.key, attempts }).toEqual({ key: keyOf(node), attempts: 1 });
  const { bytes } = await renter.run(hello()).result;
  expect(new TextDecoder().decode(bytes)).toBe('hello');
  await renter.settle();
  const [channel, ...others] = await renter.listChannels();
  expect(others).toEqual([]);
  expect(channel?.theirs).toMatchObject({ receipts: 2, state: 'open' });
  // A busy node may have been paid ahead.
  expect(channel?.theirs?.signed).toBeGreaterThanOrEqual(channel?.ours.due ?? 0n);
  expect(events.filter(({ type }) => type === 'node-dishonest')).toEqual([]);
}, 400_000);

it('nobody but the operator gives a node another key', async () => {
  const node = await start(1);
  const before = keyOf(node);
  const headers = { authorization: `Bearer ${toHex(0, { size: 32 })}` };
  const response = await fetch(node.endpoint + ROUTES.rotate, { method: 'POST', headers });
  expect(response.status).toBe(403);
  expect(keyOf(node)).toBe(before);
});

it('who stole a key that was revoked is believed by no renter: neither its offers nor its quotes', async () => {
  const port = await freePort();
  const direct = `http://127.0.0.1:${port}`;
  const thief = await startTamperingProxy(() => direct, {});
  closers.push(() => thief.close());
  await start(1, { endpoint: thief.endpoint, listen: { port } });
  // Signed while the key was good: a thief could sign as much for as long as the certificate says.
  const heard = new Map<string, string>();
  const instead = (route: string) => (path: string, text: string) =>
    path === route ? (heard.get(route) ?? text) : text;
  thief.tamper({
    answer: (path, text) => {
      heard.set(path, text);
      return text;
    },
  });
  const first = await rent(2, [thief.endpoint]);
  await first.renter.run(hello()).result;
  const spec = await first.renter.specOf(hello());
  expect([...heard.keys()]).toEqual(expect.arrayContaining([ROUTES.ask, ROUTES.quotes]));
  // The thief sits before the node, and passes no tokens on.
  await rotate(direct, 'node-1');

  thief.tamper({ answer: instead(ROUTES.ask) });
  const second = await rent(3, [thief.endpoint]);
  expect((await second.renter.findOffers(spec)).ranked).toEqual([]);

  thief.tamper({ answer: instead(ROUTES.quotes) });
  const third = await rent(4, [thief.endpoint]);
  expect((await third.renter.findOffers(spec)).ranked).toHaveLength(1);
  third.renter.run(hello()).result.catch(() => undefined);
  await expect
    .poll(() => third.events.find(({ type }) => type === 'trouble'), { timeout: 20_000 })
    .toMatchObject({ error: { code: 'CERTIFICATE_REVOKED' } });
  expect(third.events.filter(({ type }) => type === 'channel-opening')).toEqual([]);
});

it('a session is certified anew before it runs out, and replaced when it was revoked', async () => {
  const registry = world.compute.nodeRegistry;
  const account = devnetAccount(1);
  let isDown = false;
  const options = {
    ...{ path: join(world.folder, 'session.json'), account, registry, chainId: 31_337 },
    last: async () => {
      if (isDown) throw new TypeError('fetch failed');
      return await getLastSession(world.client, { registry, node: account.address });
    },
  };
  const domain = signingDomain('nodes', { chainId: 31_337, contract: registry });
  const requireGood = async ({ certificate }: Session) => {
    const time = BigInt(Math.floor(Date.now() / 1_000));
    // The very second of a revocation is void as well.
    await verifyCertificate({ ...certificate, domain, time: time + 2n });
    expect(await isRevokedOnChain(world.client, registry)(certificate.certificate)).toBe(false);
  };
  const session = await Session.open(options);
  expect(await session.renew()).toBe('kept');
  const first = session.certificate.certificate;
  const { client } = await world.payer(1);
  await revokeSession(client, { registry });
  isDown = true;
  expect(await session.renew()).toBe('kept');
  await expect(session.replace()).rejects.toThrow('fetch failed');
  isDown = false;
  expect(await session.renew()).toBe('replaced');
  const second = session.certificate.certificate;
  expect(second.key).not.toBe(first.key);
  await requireGood(session);
  expect((await Session.open(options)).certificate).toEqual(session.certificate);

  ahead = 82 * DAY;
  expect(await session.renew()).toBe('kept');
  ahead = 84 * DAY;
  expect(await session.renew()).toBe('certified');
  expect(session.certificate.certificate.key).toBe(second.key);
  await requireGood(session);
  expect((await Session.open(options)).certificate).toEqual(session.certificate);
  // One that has run out while the node was off.
  ahead = 400 * DAY;
  await requireGood(await Session.open(options));
});

it('a renter that lives longer than its certificate has it renewed, and its channel goes on', async () => {
  const node = await start(1);
  const { renter } = await rent(2, [node.endpoint]);
  await renter.run(hello('one')).result;
  ahead = 31 * DAY;
  // What watches the silence of nodes has to see that time has passed.
  await new Promise((done) => setTimeout(done, 1_500));
  const { bytes, attempts } = await renter.run(hello('two')).result;
  expect(new TextDecoder().decode(bytes)).toBe('two');
  expect(attempts).toBe(1);
  expect(await renter.listChannels()).toHaveLength(1);
});

it('a payer that has revoked its session key is heard under the next one only', async () => {
  const node = await start(1);
  const { renter, client } = await rent(2, [node.endpoint]);
  const stolen = await createRenter(world, node.endpoint, { account: 2, module: ECHO });
  expect((await stolen.announce()).status).toBe(200);
  await renter.run(hello()).result;
  await renter.close();
  await revokeSession(client, { registry: world.compute.nodeRegistry });
  expect(await stolen.announce()).toMatchObject({ status: 401, body: { code: 'REQUEST_NOT_SIGNED' } });

  const state = structuredClone(renter.state);
  const store = { load: async () => state, append: async () => undefined };
  const next = await rent(2, [node.endpoint], { store });
  expect(next.renter.state.session?.secret).not.toBe(state.session?.secret);
  const { bytes } = await next.renter.run(hello('again')).result;
  expect(new TextDecoder().decode(bytes)).toBe('again');
  expect(await next.renter.listChannels()).toHaveLength(1);
});

it('what is signed after a certificate has run out is refused', async () => {
  const node = await start(1);
  const renter = await createRenter(world, node.endpoint, { account: 2, module: ECHO });
  await renter.announce();
  expect((await renter.view()).status).toBe(200);
  ahead = 2 * DAY;
  expect(await renter.view()).toMatchObject({ status: 401, body: { code: 'REQUEST_NOT_SIGNED' } });
});
