import type { CreateRenterParameters, ManyHandle } from '@millrace/sdk/rent';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningNode } from '../src/index.ts';
import { ECHO, LARGE, NOTHING } from './modules.ts';
import { jobOf } from './rent-jobs.ts';
import { createLine, rentFrom, startRented } from './rent-world.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.close());

const JOBS = 30;
/** Short, so that a node is given all of them at once. */
const short = { fuel: 1_000_000n, memoryPages: 16 };
const few = { ofChannel: 4, ofAll: 1_000 };

/** A renter whose jobs have all ended before it hears of one. */
async function unheard(node: RunningNode, account: number, jobs: Parameters<typeof jobOf>[0][]) {
  const line = createLine();
  const changes: Partial<CreateRenterParameters> = {
    fetch: line.fetch,
    timing: { graceMilliseconds: 60_000, patienceMilliseconds: 120_000 },
  };
  const { renter, events } = await rentFrom(world, account, [node.endpoint], changes);
  const many: ManyHandle = renter.runMany(
    jobs.map((module, at) => jobOf(module, { ...short, inputs: [Uint8Array.of(at), Uint8Array.of(7)] })),
  );
  await expect.poll(() => node.status().jobs.done, { timeout: 60_000 }).toBe(jobs.length);
  line.open();
  return { renter, events, many };
}

it('receipts of jobs that the node has forgotten the results of are counted and paid, in order', async () => {
  const node = await startRented(world, 1, { remember: { results: few } });
  const jobs = Array.from({ length: JOBS }, () => LARGE);
  const { renter, events, many } = await unheard(node, 4, jobs);
  const ends = await many.done;
  expect(ends.map(({ result, error }) => error?.code ?? result?.bytes.length)).toEqual(
    jobs.map(() => 100_000),
  );
  // Each was run once, in the one channel, which goes on.
  expect(ends.map(({ result }) => result?.attempts)).toEqual(jobs.map(() => 1));
  expect(events.filter(({ type }) => type === 'channel-over' || type === 'node-dishonest')).toEqual([]);
  await renter.settle();
  const [channel, ...others] = await renter.listChannels();
  expect(others).toEqual([]);
  expect(channel?.ours.receipts).toBe(JOBS);
  expect(channel?.theirs?.receipts).toBe(JOBS);
  expect(channel?.theirs?.signed).toBe(channel?.ours.due);
  expect((await renter.run(jobOf(NOTHING)).result).attempts).toBe(1);
  await renter.close();
  await node.close();
}, 180_000);

it('a small result that is nowhere any more is worked for again', async () => {
  const node = await startRented(world, 2, { remember: { results: few } });
  const { renter, events, many } = await unheard(
    node,
    5,
    Array.from({ length: 6 }, () => ECHO),
  );
  const ends = await many.done;
  expect(ends.map(({ result }) => result?.bytes.join())).toEqual(['0,7', '1,7', '2,7', '3,7', '4,7', '5,7']);
  // Which were first is chance: two slots work side by side.
  expect(ends.map(({ result }) => result?.attempts).toSorted()).toEqual([1, 1, 1, 1, 2, 2]);
  expect(events.filter(({ type }) => type === 'channel-over')).toEqual([]);
  await renter.close();
  await node.close();
}, 180_000);

it('a node that has forgotten receipts as well is given up', async () => {
  const node = await startRented(world, 3, { remember: { results: few, receipts: few } });
  const { renter, events, many } = await unheard(
    node,
    6,
    Array.from({ length: JOBS }, () => NOTHING),
  );
  await expect
    .poll(() => events.filter(({ type }) => type === 'channel-over'), { timeout: 30_000 })
    .toHaveLength(1);
  many.stop();
  await renter.close();
  await node.close();
}, 180_000);
