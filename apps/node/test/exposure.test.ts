import { setTimeout as sleep } from 'node:timers/promises';
import { devnetAccount } from '@millrace/devnet';
import { channelViewSchema } from '@millrace/protocol/wire';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningNode, startNode } from '../src/index.ts';
import { watchLateLooks } from './late-looks.ts';
import { CALLING, ENDLESS, NOTHING, SLOW_STEPS } from './modules.ts';
import { createRenter, specOf, type TestRenter } from './renter.ts';
import { createWorld, type World } from './world.ts';

/** Far more than is worked between two reports. */
const CAP = 2_000n;
const SPEED = 1_000_000_000n;

let world: World;
let node: RunningNode;
beforeAll(async () => {
  world = await createWorld();
  const config = world.config('a', { exposureCap: `${CAP}`, snapshotSeconds: 0.02 });
  config.hardware.fuelPerSecond = { integer: SPEED, float: SPEED };
  node = await startNode({ config, account: devnetAccount(1) });
});
afterAll(async () => {
  await node?.close();
  await world?.close();
});

const viewOf = async (renter: TestRenter) => channelViewSchema.parse((await renter.view()).body);

it('a requester who vanishes costs at most the cap, and pays where he left when he comes back', async () => {
  const lateLooks = watchLateLooks();
  const renter = await createRenter(world, node.endpoint, { account: 2, module: CALLING });
  await renter.announce();
  const spec = specOf(await renter.upload(CALLING), { fuel: '8000000000' });
  await renter.submit([spec, spec]);
  await renter.follow((events) => events.some(({ type, isPaused }) => type === 'account' && isPaused));
  // Each works on to where it may stand still, and no further.
  let paused = await viewOf(renter);
  await expect
    .poll(
      async () => {
        const before = paused;
        await sleep(1_000);
        paused = await viewOf(renter);
        return paused.due - before.due;
      },
      { timeout: 30_000 },
    )
    .toBe(0n);
  expect(paused.due).toBeGreaterThan(0n);
  expect(paused.due).toBeLessThanOrEqual(CAP + lateLooks());

  let total = 0n;
  let ended = 0;
  while (ended < 2) {
    const { due } = await viewOf(renter);
    if (due > total) {
      total = due;
      await renter.pay(total);
    }
    await sleep(50);
    ended = (await viewOf(renter)).receipts;
  }
  const { due, work } = await viewOf(renter);
  // Both ran to the end of their fuel, and were paid for nothing twice.
  expect(work).toMatchObject({ fuel: 16_000_000_000n, jobs: 2n });
  expect(due).toBe(16_000n + 20n);
}, 300_000);

it('a job that cannot pause is ended at the cap, and costs its node no more than that', async () => {
  const renter = await createRenter(world, node.endpoint, { account: 3, module: ENDLESS });
  await renter.announce();
  const spec = specOf(await renter.upload(ENDLESS), {
    fuel: '1000000000000',
    needs: { priceCap: '100000000' },
  });
  await renter.submit([spec]);
  const lines = await renter.follow((events) =>
    events.some(({ type, isPaused }) => type === 'account' && isPaused),
  );
  expect(lines.some(({ type }) => type === 'ended')).toBe(false);
  await expect.poll(() => node.status().queue, { timeout: 30_000 }).toMatchObject({ running: 0, waiting: 1 });
});

it('others are served while one does not pay', async () => {
  const renter = await createRenter(world, node.endpoint, { account: 4, module: NOTHING });
  await renter.announce();
  await renter.submit([specOf(await renter.upload(NOTHING))]);
  await renter.follow((events) => events.some(({ type }) => type === 'ended'));
});

it('a job in steps tells its log, its result and its checkpoints while it runs', async () => {
  const renter = await createRenter(world, node.endpoint, { account: 5, module: SLOW_STEPS });
  await renter.announce();
  const { body } = await renter.submit([specOf(await renter.upload(SLOW_STEPS), { fuel: '100000000000' })]);
  const [first] = (body as { jobs: { job: { id: string } }[] }).jobs;
  let [text, isOver] = ['', false];
  // It comes to more than the cap: it stands still until a checkpoint was told, and cannot end before.
  const paying = (async () => {
    for (let total = 0n; !isOver; await sleep(50)) {
      if (!text.includes('"checkpoint"')) continue;
      const { due } = await viewOf(renter);
      if (due > total) {
        total = due;
        await renter.pay(total);
      }
    }
  })();
  const response = await fetch(`${node.endpoint}/v1/jobs/${first?.job.id}/events?from=0`);
  const decoder = new TextDecoder();
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(piece, { stream: true });
  }
  isOver = true;
  await paying;
  const events = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, at) => at));
  const types = new Set(events.map(({ type }) => type));
  for (const type of ['started', 'log', 'output', 'checkpoint', 'ended']) expect(types).toContain(type);
  const pieces = events
    .filter(({ type }) => type === 'output')
    .map(({ bytes }) => Buffer.from(bytes, 'base64'));
  const result = Buffer.from(events.at(-1).result, 'base64');
  expect(Buffer.concat(pieces)).toEqual(result);
  expect(result.length).toBe(50);
});
