import { getBalance } from '@millrace/sdk';
import { createTestClient, http } from 'viem';
import { mine } from 'viem/actions';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningNode } from '../src/index.ts';
import { ECHO, TRAP } from './modules.ts';
import { jobOf } from './rent-jobs.ts';
import { rentFrom, startRented } from './rent-world.ts';
import { createWorld, type World } from './world.ts';

let world: World;
const nodes: RunningNode[] = [];
beforeAll(async () => {
  world = await createWorld();
  nodes.push(await startRented(world, 1));
  const price = { perFuelWad: '3000000000000', perSecondWad: '0', perJob: '10' };
  nodes.push(await startRented(world, 2, { price }));
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await world?.close();
});
const balance = (owner: `0x${string}`) =>
  getBalance(world.client, { token: world.compute.token.address, owner });

it('a job without a channel: the cheaper bid is taken, the result is checked, the price is paid', async () => {
  const { renter } = await rentFrom(
    world,
    4,
    nodes.map(({ endpoint }) => endpoint),
  );
  const before = await balance(renter.account);
  const job = jobOf(ECHO, { inputs: [new TextEncoder().encode('once')] });
  const { bytes, cost, node } = await renter.runEscrow(job);
  expect(new TextDecoder().decode(bytes)).toBe('once');
  expect(node).toBe(nodes[0]?.ask().body.node);
  expect(cost).toBeGreaterThan(0n);
  expect(before - (await balance(renter.account))).toBe(cost);
  await expect.poll(async () => (await nodes[0]?.earnings())?.credit, { timeout: 20_000 }).toBe(cost);
  expect(renter.state.escrows.size).toBe(0);

  await expect(renter.runEscrow(jobOf(TRAP))).rejects.toMatchObject({ name: 'JobError' });
  await renter.close();
});

it('several at once, each with an order of its own', async () => {
  const endpoints = nodes.map(({ endpoint }) => endpoint);
  const { renter } = await rentFrom(world, 6, endpoints);
  const words = ['one', 'two', 'three'];
  const ends = await Promise.all(
    words.map((word) => renter.runEscrow(jobOf(ECHO, { inputs: [new TextEncoder().encode(word)] }))),
  );
  expect(ends.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual(words);
  expect(new Set(ends.map(({ job }) => job)).size).toBe(3);
  await renter.close();
}, 180_000);

it('the price comes back when the node has gone', async () => {
  const test = createTestClient({ mode: 'anvil', transport: http(world.anvil.url) });
  const lone = await startRented(world, 3);
  const { renter } = await rentFrom(world, 5, [lone.endpoint]);
  const before = await balance(renter.account);
  await renter.findOffers(await renter.specOf(jobOf(ECHO)));
  const job = jobOf(ECHO, { timeMilliseconds: 1_000 });
  // Long enough for the bid, too short once the node is gone.
  const running = renter.runEscrow(job, { runSeconds: 31n });
  await expect.poll(() => renter.state.escrows.size, { interval: 5, timeout: 10_000 }).toBe(1);
  void lone.close();
  // A chain on which nothing happens has no new time.
  const mining = setInterval(() => void mine(test, { blocks: 1 }), 1_000);
  const end = await running.then(
    () => 'done',
    (error) => error.code,
  );
  clearInterval(mining);
  if (end !== 'done') {
    expect(end).toBe('RENT_DEADLINE');
    expect(await balance(renter.account)).toBe(before);
  }
  expect(renter.state.escrows.size).toBe(0);
  await renter.close();
}, 180_000);
