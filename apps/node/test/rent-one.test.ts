import { computeDue } from '@millrace/protocol/compute';
import { billableWork } from '@millrace/protocol/wire';
import { getBalance } from '@millrace/sdk';
import type { RentEvent } from '@millrace/sdk/rent';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningNode } from '../src/index.ts';
import { ECHO, LARGE, TRAP } from './modules.ts';
import { jobOf } from './rent-jobs.ts';
import { rentFrom, startRented } from './rent-world.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let node: RunningNode;
beforeAll(async () => {
  world = await createWorld();
  node = await startRented(world, 1);
});
afterAll(async () => {
  await node?.close();
  await world?.close();
});

it('finds the node, opens a channel, runs the job, checks the result and pays', async () => {
  const { renter, events, client } = await rentFrom(world, 2, [node.endpoint]);
  const input = new TextEncoder().encode('hello');
  const handle = renter.run(jobOf(ECHO, { inputs: [input] }));
  const seen: RentEvent['type'][] = [];
  for await (const { type } of handle) seen.push(type);
  const { bytes, receipt, cost, attempts } = await handle.result;
  expect(new TextDecoder().decode(bytes)).toBe('hello');
  expect(attempts).toBe(1);
  expect(seen[0]).toBe('chosen');
  expect(seen).toContain('queued');
  expect(seen.at(-1)).toBe('ended');

  await renter.settle();
  const [channel] = await renter.listChannels();
  const price = channel?.theirs?.terms.body.price;
  if (channel === undefined || price === undefined) throw new Error('There is a channel.');
  expect(cost).toBe(computeDue(billableWork(receipt.receipt), price, 'up'));
  expect(channel.ours).toMatchObject({ signed: cost, due: cost, receipts: 1 });
  expect(channel.theirs).toMatchObject({ signed: cost, receipts: 1, state: 'open' });
  expect(channel.chain).toMatchObject({ state: 'open', paid: 0n });
  expect(channel.chain.deposit).toBeGreaterThan(cost);
  expect(events.map(({ type }) => type)).toContain('channel-open');

  const before = await getBalance(client, { token: world.compute.token.address, owner: renter.account });
  await node.redeem();
  const closed = await renter.closeChannel(channel.id);
  expect(closed.state).toBe('closing');
  expect((await node.earnings()).credit).toBe(cost);
  expect(await getBalance(client, { token: world.compute.token.address, owner: renter.account })).toBe(
    before,
  );
  await renter.close();
});

it('fetches a large result in blocks, reuses the channel, and names a job’s own failure', async () => {
  const { renter } = await rentFrom(world, 3, [node.endpoint]);
  const large = await renter.run(jobOf(LARGE)).result;
  expect(large.bytes).toHaveLength(100_000);
  const failed = renter.run(jobOf(TRAP));
  await expect(failed.result).rejects.toMatchObject({ name: 'JobError', fault: 'user' });
  await expect(failed.result).rejects.toThrow(/\w+/);
  const again = await Promise.all(
    Array.from({ length: 20 }, (_, at) => renter.run(jobOf(ECHO, { inputs: [Uint8Array.of(at)] })).result),
  );
  expect(again.map(({ bytes }) => bytes[0])).toEqual(Array.from({ length: 20 }, (_, at) => at));
  await renter.settle();
  const channels = await renter.listChannels();
  expect(channels).toHaveLength(1);
  expect(channels[0]?.ours.signed).toBe(channels[0]?.ours.due);
  await renter.close();
});

it('says by name why a job cannot be rented', async () => {
  const { renter } = await rentFrom(world, 4, [node.endpoint]);
  const nowhere = renter.run(jobOf(ECHO, { needs: { priceCap: 1_000_000_000n, regions: ['DE'] } }));
  await expect(nowhere.result).rejects.toMatchObject({
    code: 'RENT_NO_OFFER',
    details: { dismissed: [{ code: 'REGION_MISMATCH' }] },
  });
  const dear = renter.run(jobOf(ECHO, { needs: { priceCap: 5n } }));
  await expect(dear.result).rejects.toMatchObject({ details: { dismissed: [{ code: 'PRICE_ABOVE_CAP' }] } });
  const wrong = renter.run(jobOf(ECHO, { fuel: 0n }));
  await expect(wrong.result).rejects.toMatchObject({ code: 'JOB_SPEC_INVALID' });
  await renter.close();
});
