import { RentError } from '@millrace/sdk/rent';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ECHO } from './modules.ts';
import { jobOf } from './rent-jobs.ts';
import { rentFrom, startRented } from './rent-world.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.close());

/** Long before a node is given up that may come back, which is after 45 seconds. */
const EARLY = 30_000;

/** How a job ended that nobody could have, and after how long. */
async function ended(result: Promise<unknown>): Promise<{ error: RentError; milliseconds: number }> {
  const began = Date.now();
  const error = await result.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof RentError)) throw new Error(`not refused: ${error}`);
  return { error, milliseconds: Date.now() - began };
}

it('a job that the only node drains away from ends early, and says why', async () => {
  const node = await startRented(world, 1);
  const { node: address } = node.ask().body;
  const { renter } = await rentFrom(world, 4, [node.endpoint]);
  const job = jobOf(ECHO, { inputs: [new TextEncoder().encode('before')] });
  await renter.run(job).result;
  await node.drain();
  const why = { node: address, endpoint: node.endpoint, code: 'NODE_DRAINING' };

  // In the channel that is there …
  const one = await ended(renter.run(job).result);
  expect(one.error.code).toBe('RENT_NO_OFFER');
  expect(one.error.details).toMatchObject({ dismissed: [why], failed: [] });
  expect(one.error.shortMessage).toContain(`${node.endpoint}: This node takes no new jobs`);
  expect(one.milliseconds).toBeLessThan(EARLY);

  // … for many at once …
  const began = Date.now();
  const many = await renter.runMany(Array.from({ length: 20 }, () => job)).done;
  expect(many.map(({ error }) => error?.code)).toEqual(many.map(() => 'RENT_NO_OFFER'));
  expect(Date.now() - began).toBeLessThan(EARLY);
  await renter.close();

  // … and where none was opened: nothing is deposited.
  const { renter: other, events } = await rentFrom(world, 5, [node.endpoint]);
  const two = await ended(other.run(job).result);
  expect(two.error.code).toBe('RENT_NO_OFFER');
  expect(two.error.details).toMatchObject({ dismissed: [why], failed: [] });
  expect(two.milliseconds).toBeLessThan(EARLY);
  expect(events.filter(({ type }) => type === 'channel-opening')).toEqual([]);
  await other.close();
  await node.close();
}, 180_000);

it('a node that drains leaves the jobs to others, and counts as no attempt that failed', async () => {
  const nodes = [await startRented(world, 2), await startRented(world, 3)];
  const { renter } = await rentFrom(
    world,
    6,
    nodes.map(({ endpoint }) => endpoint),
  );
  const job = jobOf(ECHO, { inputs: [new TextEncoder().encode('moved')] });
  const first = await renter.run(job).result;
  const draining = nodes.find((node) => node.ask().body.node === first.node);
  await draining?.drain();
  const began = Date.now();
  const second = await renter.run(job).result;
  expect(second.node).not.toBe(first.node);
  expect(Date.now() - began).toBeLessThan(EARLY);
  await renter.close();
  await Promise.all(nodes.map((node) => node.close()));
}, 180_000);
