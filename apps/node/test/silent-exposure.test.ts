import { setTimeout as sleep } from 'node:timers/promises';
import { devnetAccount } from '@millrace/devnet';
import { channelViewSchema } from '@millrace/protocol/wire';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningNode, startNode } from '../src/index.ts';
import { watchLateLooks } from './late-looks.ts';
import { SILENT_STEPS } from './modules.ts';
import { createRenter, specOf } from './renter.ts';
import { createWorld, type World } from './world.ts';

const CAP = 2_000n;
/** Far less than any machine does: jobs of another kind than the one it was measured with. */
const SPEED = 50_000_000n;

let world: World;
let node: RunningNode;
beforeAll(async () => {
  world = await createWorld();
  const config = world.config('a', { exposureCap: `${CAP}`, snapshotSeconds: 10 });
  config.hardware.fuelPerSecond = { integer: SPEED, float: SPEED };
  node = await startNode({ config, account: devnetAccount(1) });
});
afterAll(async () => {
  await node?.close();
  await world?.close();
});

it('a job in steps that never says a word is held at the cap by what it spends', async () => {
  const lateLooks = watchLateLooks();
  const renter = await createRenter(world, node.endpoint, { account: 2, module: SILENT_STEPS });
  await renter.announce();
  await renter.submit([specOf(await renter.upload(SILENT_STEPS), { fuel: '900000000000' })]);
  await renter.follow((events) => events.some(({ type, isPaused }) => type === 'account' && isPaused));
  await sleep(1_000);
  const { due } = channelViewSchema.parse((await renter.view()).body);
  expect(due).toBeLessThanOrEqual(CAP + lateLooks());
  expect(node.status().queue).toMatchObject({ running: 1, waiting: 0 });
});
