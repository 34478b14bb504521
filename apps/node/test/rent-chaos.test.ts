import { freePort } from '@millrace/devnet';
import type { JobHandle } from '@millrace/sdk/rent';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NodeConfigInput, RunningNode } from '../src/index.ts';
import { ECHO } from './modules.ts';
import { jobOf } from './rent-jobs.ts';
import { modestHardware, rentFrom, startRented } from './rent-world.ts';
import { startTamperingProxy } from './tampering-proxy.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.close());

it('with nodes that die, stall and garble among them, every job ends, and the books balance', async () => {
  const nodes: RunningNode[] = [];
  const behind = async (index: number, changes: Partial<NodeConfigInput> = {}) => {
    const port = await freePort();
    const proxy = await startTamperingProxy(() => `http://127.0.0.1:${port}`, {});
    const hardware = modestHardware(world);
    const own = { endpoint: proxy.endpoint, listen: { port }, hardware };
    nodes.push(await startRented(world, index, { ...own, ...changes }));
    return proxy;
  };
  const proxies = [];
  for (const index of [1, 2, 3, 4, 5]) proxies.push(await behind(index));
  const [mortal, mute, garbler] = proxies;
  const { renter, events } = await rentFrom(
    world,
    9,
    proxies.map(({ endpoint }) => endpoint),
    {
      timing: { graceMilliseconds: 6_000, stallMilliseconds: 2_000 },
    },
  );
  const late: JobHandle[] = [];
  const jobs = Array.from({ length: 80 }, (_, at) => jobOf(ECHO, { inputs: [Uint8Array.of(at)] }));
  const many = renter.runMany(jobs, { nodes: 5, timeoutMilliseconds: 90_000 });
  garbler?.tamper({ line: (_path, line) => line.replace(/"result":"[^"]*"/, '"result":"Z2FyYmFnZQ=="') });
  let ended = 0;
  for await (const { index, result, error } of many) {
    ended += 1;
    if (result === undefined) expect(error?.code).toMatch(/^(RENT|JOB)_/);
    else expect([...result.bytes]).toEqual([index]);
    // As soon as it is in use.
    if (ended >= 20 && late.length === 0 && (nodes[0]?.status().jobs.done ?? 0) > 0) {
      mortal?.vanish();
      // It may have done all it had: who has least to do is given the next.
      for (const { inputs = [] } of jobs.slice(0, 10)) late.push(renter.run(jobOf(ECHO, { inputs })));
    }
    if (ended === 30) mute?.tamper({ answer: () => 'hang', line: () => undefined });
  }
  const results = (await many.done).filter(({ result }) => result !== undefined).length;
  expect(ended).toBe(80);
  expect(results).toBe(80);
  for (const [at, { result }] of late.entries()) expect([...(await result).bytes]).toEqual([at]);
  await renter.settle();
  for (const { ours, theirs, chain, node } of await renter.listChannels()) {
    expect(ours.signed).toBeLessThanOrEqual(chain.deposit);
    const isHonest = [3, 4].some((at) => nodes[at]?.ask().body.node === node);
    if (!isHonest || theirs === undefined) continue;
    expect(theirs.receipts).toBe(ours.receipts);
    expect(theirs.signed).toBe(ours.signed);
    expect(ours.signed).toBeGreaterThanOrEqual(theirs.due);
    expect(ours.signed - theirs.due).toBeLessThanOrEqual(1n);
  }
  // The others may be done before anybody is sure that it is gone.
  await expect.poll(() => events.some(({ type }) => type === 'node-lost'), { timeout: 60_000 }).toBe(true);
  await renter.close();
  await Promise.all(nodes.map((node) => node.close()));
  await Promise.all(proxies.map((proxy) => proxy.close()));
}, 240_000);
