import { setTimeout as sleep } from 'node:timers/promises';
import { devnetAccount } from '@millrace/devnet';
import { channelViewSchema } from '@millrace/protocol/wire';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningNode, startNode } from '../src/index.ts';
import { watchLateLooks } from './late-looks.ts';
import { CALLING, NOTHING, SILENT_STEPS } from './modules.ts';
import { createRenter, specOf, type TestRenter } from './renter.ts';
import { createWorld, type World } from './world.ts';

const CAP = 2_000n;

let world: World;
let node: RunningNode;
beforeAll(async () => {
  world = await createWorld();
  const config = world.config('a', { slots: 1, exposureCap: `${CAP}`, snapshotSeconds: 1, unpaidSeconds: 1 });
  node = await startNode({ config, account: devnetAccount(1) });
});
afterAll(async () => {
  await node?.close();
  await world?.close();
});

const viewOf = async (renter: TestRenter) => channelViewSchema.parse((await renter.view()).body);

it('payers who vanish do not hold the slots of others; who pays again goes on where he was', async () => {
  const lateLooks = watchLateLooks();
  const idle: TestRenter[] = [];
  for (const account of [2, 3, 4]) {
    const module = account === 3 ? CALLING : SILENT_STEPS;
    const renter = await createRenter(world, node.endpoint, { account, module });
    await renter.announce();
    await renter.submit([specOf(await renter.upload(module), { fuel: '900000000000' })]);
    idle.push(renter);
  }
  const renter = await createRenter(world, node.endpoint, { account: 5, module: NOTHING });
  await renter.announce();
  const nothing = specOf(await renter.upload(NOTHING));
  for (let count = 1; count <= 3; count++) {
    await renter.submit([nothing]);
    await renter.follow((events) => events.filter(({ type }) => type === 'ended').length === count);
    const views = await Promise.all(idle.map(viewOf));
    for (const { due } of views) expect(due).toBeLessThanOrEqual(CAP + lateLooks());
  }

  // Nothing of him begins before he has paid; then he goes on, and pays for no work twice.
  const [first] = idle as [TestRenter];
  const before = await viewOf(first);
  await sleep(1_500);
  expect(await viewOf(first)).toMatchObject({ due: before.due, work: before.work });
  expect((await first.pay(before.due)).status).toBe(200);
  await expect.poll(async () => (await viewOf(first)).due, { timeout: 90_000 }).toBeGreaterThan(before.due);
  expect((await viewOf(first)).due).toBeLessThanOrEqual(before.due + CAP + lateLooks());
}, 300_000);
