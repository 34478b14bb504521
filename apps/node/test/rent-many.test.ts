import type { RentEvent } from '@millrace/sdk/rent';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningNode } from '../src/index.ts';
import { CALLING, ECHO, ENDLESS, STEPS } from './modules.ts';
import { jobOf } from './rent-jobs.ts';
import { createLine, modestHardware, rentFrom, startRented } from './rent-world.ts';
import { createWorld, type World } from './world.ts';

let world: World;
const nodes: RunningNode[] = [];
const modest: RunningNode[] = [];
beforeAll(async () => {
  world = await createWorld();
  const options = { snapshotSeconds: 0.3 };
  for (const index of [1, 2, 3]) nodes.push(await startRented(world, index, options));
  const hardware = modestHardware(world);
  for (const index of [10, 11, 12]) modest.push(await startRented(world, index, { ...options, hardware }));
});
afterAll(async () => {
  await Promise.all([...nodes, ...modest].map((node) => node.close()));
  await world?.close();
});
const endpoints = (of = nodes) => of.map(({ endpoint }) => endpoint);

it('spreads jobs over nodes, in the order they end, and the books of both sides agree', async () => {
  const line = createLine();
  const { renter, events } = await rentFrom(world, 4, endpoints(modest), {
    fetch: line.fetch,
    timing: { graceMilliseconds: 60_000, patienceMilliseconds: 120_000 },
  });
  const jobs = Array.from({ length: 120 }, (_, at) => jobOf(ECHO, { inputs: [Uint8Array.of(at)] }));
  const many = renter.runMany(jobs, { parallel: 40 });
  // No end is heard before each has work: the first could do all of it while the others’ channels are opened.
  const hasWork = ({ status }: RunningNode) => {
    const { queue, jobs } = status();
    return queue.running + queue.waiting + jobs.done > 0;
  };
  await expect.poll(() => modest.filter(hasWork).length, { timeout: 50_000 }).toBe(3);
  line.open();
  let most = 0;
  const order: number[] = [];
  for await (const { index, result } of many) {
    order.push(index);
    expect(result?.bytes[0]).toBe(index);
    most = Math.max(most, renter.unfinished().length);
  }
  expect(order.toSorted((a, b) => a - b)).toEqual(jobs.map((_, at) => at));
  const used = new Set((await many.done).map(({ result }) => result?.node));
  expect(used.size).toBe(3);
  await renter.settle();
  const channels = await renter.listChannels();
  expect(channels.reduce((sum, { ours }) => sum + ours.receipts, 0)).toBe(120);
  for (const { ours, theirs } of channels) {
    expect(theirs?.signed).toBe(ours.signed);
    expect(theirs?.receipts).toBe(ours.receipts);
    expect(ours.signed - (theirs?.due ?? 0n)).toBeLessThanOrEqual(1n);
    expect(ours.signed).toBeGreaterThanOrEqual(theirs?.due ?? 0n);
  }
  expect(events.filter(({ type }) => type === 'trouble')).toEqual([]);
  await renter.close();
});

it('streams what a job says', async () => {
  const { renter } = await rentFrom(world, 5, endpoints());
  const handle = renter.run(jobOf(STEPS, { fuel: 2_000_000_000n }));
  const seen: RentEvent[] = [];
  for await (const event of handle) seen.push(event);
  const { bytes } = await handle.result;
  expect([...bytes]).toEqual(Array.from({ length: 50 }, (_, at) => 50 - at));
  const pieces = seen.flatMap((event) => (event.type === 'output' ? [...event.bytes] : []));
  expect(pieces).toEqual([...bytes]);
  expect(seen.filter(({ type }) => type === 'log')).toHaveLength(50);
  await renter.close();
});

it('pays while a job runs, and stops it on request: what was done is paid, and nothing more', async () => {
  const { renter } = await rentFrom(world, 6, endpoints(), { timing: { payMilliseconds: 200 } });
  const handle = renter.run(jobOf(CALLING, { fuel: 100_000_000_000n }));
  for await (const { type } of handle) if (type === 'paid') break;
  handle.stop();
  await expect(handle.result).rejects.toMatchObject({ code: 'RENT_STOPPED' });
  await expect.poll(async () => (await renter.listChannels())[0]?.ours.receipts, { timeout: 20_000 }).toBe(1);
  await renter.settle();
  const [channel] = await renter.listChannels();
  expect(channel?.ours.signed).toBeGreaterThan(0n);
  expect(channel?.ours.signed).toBeLessThan(100_000n);
  await renter.close();
});

it('ends a job by its deadline, whatever it does', async () => {
  const { renter } = await rentFrom(world, 7, endpoints());
  const began = Date.now();
  const handle = renter.run(jobOf(ENDLESS, { fuel: 100_000_000_000n }), { timeoutMilliseconds: 3_000 });
  await expect(handle.result).rejects.toMatchObject({ code: 'RENT_DEADLINE' });
  // It would go on for half a minute.
  expect(Date.now() - began).toBeLessThan(15_000);
  await renter.close();
});
