import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { devnetAccount } from '@millrace/devnet';
import { jobIdOf, nodeStatusSchema, ROUTES } from '@millrace/protocol/wire';
import { zeroHash } from 'viem';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningNode, startNode } from '../src/index.ts';
import { LONG_STEPS, NOTHING } from './modules.ts';
import { createRenter, get, post, randomNonce, specOf, type TestRenter } from './renter.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let node: RunningNode;
let other: RunningNode;
let renter: TestRenter;
beforeAll(async () => {
  world = await createWorld();
  other = await startNode({
    config: world.config('b', { gossip: { everySeconds: 1 } }),
    account: devnetAccount(3),
  });
  const gossip = { urls: [other.endpoint], everySeconds: 1 };
  const config = world.config('a', { slots: 1, exposureCap: '100000000', gossip });
  node = await startNode({ config, account: devnetAccount(1) });
  renter = await createRenter(world, node.endpoint, { account: 2, module: NOTHING });
  await renter.announce();
});
afterAll(async () => {
  await node?.close();
  await other?.close();
  await world?.close();
});

/** What the operator says, with the token of the node’s folder, or with another. */
async function operate(query = '', token = readFileSync(join(world.folder, 'a', 'operator.token'), 'utf8')) {
  const headers = { authorization: `Bearer ${token.trim()}` };
  const response = await fetch(node.endpoint + ROUTES.drain + query, { method: 'POST', headers });
  return { status: response.status, body: (await response.json()) as { code?: string; state?: string } };
}

const statusOf = async () => nodeStatusSchema.parse((await get(node.endpoint + ROUTES.status)).body);
const refusalOf = async (spec: ReturnType<typeof specOf>) => {
  const { body } = await renter.submit([spec]);
  return (body as { jobs: { refusal?: { code: string } }[] }).jobs[0]?.refusal?.code;
};

it('a node that drains ends what it has, refuses what is new, says so, and opens again', async () => {
  const nothing = specOf(await renter.upload(NOTHING));
  const long = specOf(await renter.upload(LONG_STEPS), { fuel: '100000000000', timeMilliseconds: 600_000 });
  const nonces = [randomNonce(), randomNonce()];
  // Two long ones, since a slot that is held for a second lends its processor to one more.
  await renter.submit([long, long], nonces);
  await renter.submit([nothing]);
  const { running, waiting } = (await statusOf()).queue;
  expect(running).toBeGreaterThanOrEqual(1);
  expect(waiting).toBeGreaterThanOrEqual(1);
  expect(running + waiting).toBe(3);
  const asksAbroad = async () =>
    (await get(`${other.endpoint}${ROUTES.asks}`)).body as { asks: { body: { issuedAt: string } }[] };
  await expect.poll(async () => (await asksAbroad()).asks.length, { timeout: 30_000 }).toBe(1);

  expect(await operate('', zeroHash)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
  expect((await statusOf()).state).toBe('open');
  expect(await operate()).toMatchObject({ status: 200, body: { state: 'draining' } });
  expect((await statusOf()).state).toBe('draining');
  expect((await get(`${node.endpoint}/healthz`)).body).toEqual({ ok: true, draining: true });
  expect(await refusalOf(nothing)).toBe('NODE_DRAINING');
  const { channels, token } = world.compute;
  const request = { chainId: 31_337, channels, token: token.address, spec: nothing };
  const quote = await post(node.endpoint + ROUTES.quotes, request);
  expect(quote).toMatchObject({ status: 503, body: { code: 'NODE_DRAINING' } });

  // What was promised before is done, paid for, and can be asked for; sent again it is no new job.
  const again = await renter.submit([long], nonces.slice(0, 1));
  expect(again.body).toMatchObject({ jobs: [{ job: { id: jobIdOf(renter.channel, nonces[0] ?? '0x') } }] });
  const lines = await renter.follow((events) => events.filter(({ type }) => type === 'ended').length === 3);
  const outcomes = lines.flatMap(({ receipt }) => receipt?.receipt.outcome ?? []);
  expect(outcomes).toEqual(['DONE', 'DONE', 'DONE']);
  const { due } = (await renter.view()).body as { due: string };
  expect((await renter.pay(BigInt(due))).status).toBe(200);
  expect((await statusOf()).queue).toMatchObject({ running: 0, waiting: 0 });
  // Nobody is told of a node that takes nothing: its last ask runs out.
  const [held] = (await asksAbroad()).asks;
  await new Promise((done) => setTimeout(done, 2_500));
  const [still = held] = (await asksAbroad()).asks;
  expect(still).toEqual(held);

  expect(await operate('?off=1')).toMatchObject({ status: 200, body: { state: 'open' } });
  expect(await refusalOf(nothing)).toBeUndefined();
  await expect
    .poll(async () => (await asksAbroad()).asks[0]?.body.issuedAt, { timeout: 30_000 })
    .not.toBe(held?.body.issuedAt);
}, 400_000);
