import { connect, type Socket } from 'node:net';
import { devnetAccount } from '@millrace/devnet';
import { jobIdOf, ROUTES } from '@millrace/protocol/wire';
import { Hono } from 'hono';
import { type Hex, zeroHash } from 'viem';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve } from '../src/http/serve.ts';
import { streamLines } from '../src/http/streams.ts';
import { type RunningNode, startNode } from '../src/index.ts';
import { ENDLESS, FLOOD } from './modules.ts';
import { createRenter, get, randomNonce, specOf, type TestRenter } from './renter.ts';
import { createWorld, type World } from './world.ts';

const STREAMS = 3;
const MEBIBYTE = 2 ** 20;
/** What the kernel and both sockets take in before anybody reads. */
const ON_THE_WAY = 16 * MEBIBYTE;

let world: World;
let node: RunningNode;
let renter: TestRenter;
beforeAll(async () => {
  world = await createWorld();
  const http = { streamsPerAddress: STREAMS };
  const config = world.config('a', { exposureCap: '100000000', slots: 2, http });
  node = await startNode({ config, account: devnetAccount(1) });
  renter = await createRenter(world, node.endpoint, { account: 2, module: ENDLESS });
  await renter.announce();
});
afterAll(async () => {
  await node?.close();
  await world?.close();
});

async function order(module: Uint8Array): Promise<Hex> {
  const nonce = randomNonce();
  const terms = { fuel: '100000000000', outputBytes: 2 ** 26 };
  await renter.submit([specOf(await renter.upload(module), terms)], [nonce]);
  return jobIdOf(renter.channel, nonce);
}

/** Asks, and reads nothing. */
async function askOnly(url: string): Promise<Socket> {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  await new Promise<void>((done) => socket.once('connect', done));
  socket.write(`GET ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\nconnection: close\r\n\r\n`);
  return socket;
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** What an address hears that asks for nothing that there is: no stream, or that it has too many. */
const statusOfNothing = async () => (await get(node.endpoint + ROUTES.jobEvents(zeroHash))).status;

/** Waits until a number has stood still for a second. */
async function untilItStands(read: () => number): Promise<void> {
  for (let before = -1; before !== read(); ) {
    before = read();
    await pause(1_000);
  }
}

it('an address has so many streams open, of whatever kind, and another when one has ended', async () => {
  const id = await order(ENDLESS);
  const events = node.endpoint + ROUTES.jobEvents(id);
  const sockets = [await askOnly(events), await askOnly(events)];
  let hasEnded = false;
  const third = renter.follow(() => hasEnded);
  await expect.poll(statusOfNothing, { timeout: 20_000 }).toBe(429);
  const refused = await get(events);
  expect(refused).toMatchObject({
    status: 429,
    body: { code: 'TOO_MANY_REQUESTS', retryAfterMilliseconds: 1_000, details: { streams: STREAMS } },
  });
  await expect(renter.follow(() => true)).rejects.toThrow('TOO_MANY_REQUESTS');
  // One that never reads and goes away, and one that asks for nothing that there is.
  sockets[0]?.destroy();
  await expect.poll(statusOfNothing, { timeout: 20_000 }).toBe(404);
  for (let tries = 0; tries < STREAMS; tries++) expect(await statusOfNothing()).toBe(404);
  sockets.push(await askOnly(events));
  await expect.poll(statusOfNothing, { timeout: 20_000 }).toBe(429);
  expect((await get(events)).status).toBe(429);
  hasEnded = true;
  await renter.stop(id);
  await third;
  // All ended with the job, but for those that did not read to the end.
  for (const socket of sockets) socket.destroy();
  await expect.poll(async () => (await fetch(events)).status, { timeout: 20_000 }).toBe(200);
});

it('a client that does not read is waited for: nothing is made that it has not asked for', async () => {
  const piece = `${'x'.repeat(65_535)}\n`;
  let [made, overs] = [0, 0];
  async function* endless(signal: AbortSignal) {
    while (!signal.aborted) {
      made += piece.length;
      yield piece;
    }
  }
  const app = new Hono();
  app.get('/lines', (c) => streamLines(endless, c.req.raw, () => overs++));
  const server = await serve(app, { host: '127.0.0.1', port: 0, connections: 10 });
  const socket = await askOnly(`http://127.0.0.1:${server.port}/lines`);
  await expect.poll(() => made, { timeout: 20_000 }).toBeGreaterThan(0);
  await untilItStands(() => made);
  const before = made;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(ON_THE_WAY);
  await pause(1_000);
  expect(made).toBe(before);
  let read = 0;
  socket.on('data', ({ length }) => {
    read += length;
  });
  await expect.poll(() => read, { timeout: 30_000 }).toBeGreaterThan(4 * ON_THE_WAY);
  socket.pause();
  await untilItStands(() => made);
  expect(made - read).toBeLessThan(ON_THE_WAY);
  expect(overs).toBe(0);
  socket.destroy();
  await expect.poll(() => overs, { timeout: 20_000 }).toBeGreaterThan(0);
  await server.close();
});

it('what a slow reader of a job has missed is not kept for it, and it hears the end', async () => {
  const id = await order(FLOOD);
  const socket = await askOnly(node.endpoint + ROUTES.jobEvents(id));
  const quick = (await fetch(node.endpoint + ROUTES.jobEvents(id))).text();
  const last = (text: string) => JSON.parse(text.trim().split('\n').at(-1) ?? '') as { type: string };
  expect(last(await quick).type).toBe('ended');
  // The job wrote 40 MB, as text 53.
  let text = '';
  socket.setEncoding('latin1').on('data', (part) => {
    text += part;
  });
  await new Promise((done) => socket.once('close', done));
  expect(text.length).toBeLessThan(ON_THE_WAY + 2 * MEBIBYTE);
  const numbers = [...text.matchAll(/"sequence":(\d+)/g)].map(([, number]) => Number(number));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(numbers.length).toBeLessThan(numbers.at(-1) ?? 0);
  expect(text).toContain('"type":"ended"');
});
