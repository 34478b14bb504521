import { devnetAccount } from '@millrace/devnet';
import { toHex } from 'viem';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EngineServer, IMAGE } from '../../../packages/runtimes/test/container/engine-server.ts';
import { createNodeProcess, type NodeProcess } from './node-process.ts';
import { createRenter, specOf } from './renter.ts';
import { createWorld, type World } from './world.ts';

const engine = new EngineServer();
let world: World;
let node: NodeProcess;
beforeAll(async () => {
  await engine.open();
  process.env.DOCKER_HOST = `unix://${engine.socketPath}`;
  world = await createWorld();
  const key = toHex(devnetAccount(1).getHdKey().privateKey ?? new Uint8Array());
  node = await createNodeProcess(world, 'a', key, { runtimes: ['container'] });
  await node.start();
});
afterAll(async () => {
  await node?.kill();
  for (const { process } of engine.containers.values()) process?.kill('SIGKILL');
  await world?.close();
  await engine.close();
  delete process.env.DOCKER_HOST;
});

it('a node that was killed ends the containers that it left, and runs their jobs again', async () => {
  const script = `console.error('up'); setInterval(() => {}, 1000)`;
  const module = new TextEncoder().encode(JSON.stringify({ image: IMAGE, command: ['node', '-e', script] }));
  const order = { runtime: 'container', needs: { tier: 'fast' } };
  const renter = await createRenter(world, node.endpoint, { account: 2, module, order });
  await renter.announce();
  await renter.submit([specOf(await renter.upload(module), order)]);
  const running = () => [...engine.containers].filter(([, { process }]) => process).map(([id]) => id);
  await expect.poll(running, { timeout: 60_000 }).toHaveLength(1);
  const [left = ''] = running();
  const { config } = engine.containers.get(left) as { config: { Labels?: Record<string, string> } };
  expect(config.Labels?.['millrace.owner']).toContain(renter.key.payee);
  const state = { ExitCode: 0, OOMKilled: false };
  engine.containers.set('foreign', { config: { Labels: { 'millrace.owner': 'another' } }, seen: [], state });
  await node.kill();
  expect(engine.containers.has(left)).toBe(true);
  await node.start();
  await expect.poll(() => engine.containers.has(left), { timeout: 60_000 }).toBe(false);
  expect(engine.containers.has('foreign')).toBe(true);
  await expect.poll(running, { timeout: 60_000 }).toHaveLength(1);
  expect(await node.stop()).toBe(0);
  expect(running()).toEqual([]);
}, 240_000);
