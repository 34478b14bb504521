import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { devnetAccount, increaseTime } from '@millrace/devnet';
import { ROUTES } from '@millrace/protocol/wire';
import { closeChannel, finaliseChannel } from '@millrace/sdk/compute';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningNode, startNode } from '../src/index.ts';
import { CALLING, NOTHING } from './modules.ts';
import { createRenter, get, post, specOf, type TestRenter } from './renter.ts';
import { createWorld, type World } from './world.ts';

const DAY = 86_400;

let world: World;
let node: RunningNode;
/** How far the clock of this process is ahead, milliseconds. */
let ahead = 0;
const clock = Date.now;

const start = async () => {
  const listen = { host: '127.0.0.1', port: node === undefined ? 0 : Number(new URL(node.endpoint).port) };
  const config = world.config('a', { slots: 1, exposureCap: '1000', remember: { closedDays: 0.25 }, listen });
  node = await startNode({ config, account: devnetAccount(1) });
};

beforeAll(async () => {
  vi.spyOn(Date, 'now').mockImplementation(() => clock() + ahead);
  world = await createWorld();
  await start();
});
afterAll(async () => {
  await node?.close();
  await world?.close();
  vi.restoreAllMocks();
});

const stateOf = async (renter: TestRenter) => {
  const { body } = (await renter.view()) as { body: { state?: string; code?: string; redeemed?: string } };
  return body.state ?? body.code;
};

/** Closes a channel on chain, to its end. */
async function close(renter: TestRenter, account: number): Promise<void> {
  const { client } = await world.payer(account);
  const { channels } = world.compute;
  await closeChannel(client, { channels, key: renter.key });
  await expect.poll(() => stateOf(renter), { timeout: 30_000 }).toBe('closing');
  const { signed } = (await renter.view()).body as { signed: string };
  await expect
    .poll(async () => (await renter.view()).body, { timeout: 30_000 })
    .toMatchObject({ redeemed: signed });
  await increaseTime(world.client, 8 * DAY);
  await finaliseChannel(client, { channels, key: renter.key });
  await expect.poll(() => stateOf(renter), { timeout: 30_000 }).toBe('closed');
}

/** As `millrace node withdraw` does. */
async function collect(): Promise<void> {
  const token = readFileSync(join(world.folder, 'a', 'operator.token'), 'utf8').trim();
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${node.endpoint}${ROUTES.redeem}?collect=1`, { method: 'POST', headers });
  expect(response.status).toBe(200);
}

it('the jobs of a channel that was closed under them end, and give their slots back', async () => {
  const renter = await createRenter(world, node.endpoint, { account: 4, module: CALLING });
  await renter.announce();
  const spec = specOf(await renter.upload(CALLING), { fuel: '900000000000' });
  await renter.submit([spec, spec]);
  await renter.follow((events) => events.some(({ type, isPaused }) => type === 'account' && isPaused));
  const { running, waiting } = node.status().queue;
  expect(running + waiting).toBe(2);
  await close(renter, 4);
  await expect.poll(() => node.status().queue, { timeout: 30_000 }).toMatchObject({ running: 0, waiting: 0 });
  const lines = await renter.follow((events) => events.filter(({ type }) => type === 'ended').length === 2);
  const outcomes = lines.flatMap(({ receipt }) => receipt?.receipt.outcome ?? []);
  expect(outcomes).toEqual(['JOB_STOPPED', 'JOB_STOPPED']);
});

it('a closed channel is forgotten when its money was collected and its jobs are old; others are not', async () => {
  const renter = await createRenter(world, node.endpoint, { account: 2, module: NOTHING });
  const open = await createRenter(world, node.endpoint, { account: 3, module: NOTHING });
  const ids: string[] = [];
  for (const each of [renter, open]) {
    await each.announce();
    await each.submit([specOf(await each.upload(NOTHING))]);
    const lines = await each.follow((events) => events.some(({ type }) => type === 'ended'));
    ids.push(lines.find(({ type }) => type === 'ended').id);
    expect((await each.pay(20n)).status).toBe(200);
  }
  await close(renter, 2);
  await collect();
  expect(await stateOf(renter)).toBe('closed');

  // Later, but somebody else was paid in the same lane: some of it may be of this channel.
  expect((await open.pay(30n)).status).toBe(200);
  ahead = (DAY / 2) * 1_000;
  await node.redeem();
  await node.close();
  await start();
  await new Promise((done) => setTimeout(done, 1_000));
  expect(await stateOf(renter)).toBe('closed');
  const { done } = node.status().jobs;
  await collect();
  expect(await stateOf(renter)).toBe('CHANNEL_UNKNOWN');
  expect(await stateOf(open)).toBe('open');
  const [gone, kept] = ids.map((id) => node.endpoint + ROUTES.job(id as `0x${string}`)) as [string, string];
  expect((await get(gone)).body).toMatchObject({ code: 'JOB_UNKNOWN' });
  expect((await get(kept)).status).toBe(200);
  expect((await node.earnings()).channels.map(({ channel }) => channel)).toEqual([open.channel]);
  // What is over stays over.
  expect(await post(node.endpoint + ROUTES.channels, renter.announcement)).toMatchObject({
    body: { code: expect.stringMatching(/CHANNEL_CLOSING|QUOTE_EXPIRED/) },
  });

  await node.close();
  await start();
  expect(await stateOf(renter)).toBe('CHANNEL_UNKNOWN');
  expect(await stateOf(open)).toBe('open');
  expect(node.status().jobs.done).toBe(done);
});
