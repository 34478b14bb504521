import { freePort } from '@millrace/devnet';
import type { RentEvent } from '@millrace/sdk/rent';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LONG_STEPS, NOTHING, STEPS } from './modules.ts';
import { jobOf } from './rent-jobs.ts';
import { rentFrom, startRented } from './rent-world.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.close());

const PRICE = { perFuelWad: '1000000000000', perSecondWad: '0', perJob: '10' };
/** As fast as the machine that runs this may be. */
const hardware = (name: string) => {
  const { hardware: base } = world.config(name);
  return { ...base, fuelPerSecond: { integer: '4000000000', float: '4000000000' } };
};

it('a node that risks little is paid in time: the job pauses, goes on, and ends', async () => {
  const node = await startRented(world, 1, {
    price: PRICE,
    exposureCap: '400',
    hardware: hardware('x') as never,
  });
  const { renter, events } = await rentFrom(world, 4, [node.endpoint], {
    timing: { payMilliseconds: 60_000 },
  });
  const handle = renter.run(jobOf(LONG_STEPS, { fuel: 200_000_000_000n, timeMilliseconds: 600_000 }));
  const seen: RentEvent['type'][] = [];
  for await (const { type } of handle) seen.push(type);
  const { bytes, cost } = await handle.result;
  expect(bytes).toHaveLength(100);
  expect(cost).toBeGreaterThan(20_000n);
  // Twenty thousand, in steps of what the node risks and what the job does between two looks.
  expect(events.filter(({ type }) => type === 'paid').length).toBeGreaterThan(10);
  await renter.settle();
  const [channel] = await renter.listChannels();
  expect(channel?.theirs?.signed).toBe(channel?.ours.signed);
  await renter.close();
  await node.close();
}, 400_000);

it('a deposit that runs out is topped up, and jobs wait for it', async () => {
  const node = await startRented(world, 2, { price: PRICE });
  const deposits = { mostDeposit: 6_000n, leastDeposit: 1n };
  const { renter, events } = await rentFrom(world, 5, [node.endpoint], { deposits });
  // Each may cost 1,010: at most five at once, and more than the first deposit together.
  const jobs = Array.from({ length: 30 }, () => jobOf(NOTHING, { fuel: 1_000_000_000n }));
  await renter.run(jobOf(NOTHING)).result;
  const ends = await renter.runMany(jobs).done;
  expect(ends.filter(({ result }) => result !== undefined)).toHaveLength(30);
  expect(events.some(({ type }) => type === 'channel-topped-up')).toBe(true);
  const [channel] = await renter.listChannels();
  expect(channel?.chain.deposit).toBeLessThanOrEqual(6_000n);
  await renter.close();
  await node.close();
}, 180_000);

it('an account without money says so', async () => {
  const node = await startRented(world, 3, { price: PRICE });
  const deposits = { mostDeposit: 900n };
  const { renter } = await rentFrom(world, 6, [node.endpoint], { deposits });
  await expect(renter.run(jobOf(NOTHING)).result).rejects.toMatchObject({ code: 'RENT_FUNDS' });
  await renter.close();
  await node.close();
}, 180_000);

it('a node that is started again goes on with the job, and the renter with it', async () => {
  const port = await freePort();
  const options = { price: PRICE, listen: { port }, snapshotSeconds: 0.2 };
  const first = await startRented(world, 7, options);
  const { renter, events } = await rentFrom(world, 8, [first.endpoint], {
    timing: { graceMilliseconds: 60_000 },
  });
  await renter.run(jobOf(STEPS, { fuel: 2_000_000_000n })).result;
  const handle = renter.run(jobOf(LONG_STEPS, { fuel: 200_000_000_000n, timeMilliseconds: 600_000 }));
  for await (const { type } of handle) if (type === 'checkpoint') break;
  await first.close();
  const second = await startRented(world, 7, options);
  const { bytes, attempts } = await handle.result;
  expect([...bytes]).toEqual(Array.from({ length: 100 }, (_, at) => 100 - at));
  expect(attempts).toBe(1);
  expect(events.filter(({ type }) => type === 'node-lost')).toEqual([]);
  await renter.settle();
  const [channel] = await renter.listChannels();
  expect(channel).toMatchObject({ ours: { receipts: 2 }, theirs: { receipts: 2 } });
  expect(channel?.theirs?.signed).toBe(channel?.ours.signed);
  await renter.close();
  await second.close();
}, 400_000);
