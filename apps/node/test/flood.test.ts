import { fetchFile, getFileCid } from '@millrace/content';
import { devnetAccount } from '@millrace/devnet';
import { jobIdOf } from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningNode, startNode } from '../src/index.ts';
import { ECHO, ENDLESS, LARGE } from './modules.ts';
import { type ChannelLine, createRenter, randomNonce, specOf, type TestRenter, upload } from './renter.ts';
import { createWorld, type World } from './world.ts';

const CONTENT_BYTES = 2 * 2 ** 20;
const LONG = { fuel: '1000000000000', timeMilliseconds: 600_000 };

let world: World;
let node: RunningNode;
let renter: TestRenter;

/** The same node, before and after a restart. */
const start = async () => {
  const http = { contentBytes: CONTENT_BYTES, uploadBytesPerHour: 2 ** 34 };
  const listen = { host: '127.0.0.1', port: node === undefined ? 0 : Number(new URL(node.endpoint).port) };
  const config = world.config('small', { slots: 1, exposureCap: '100000000', http, listen });
  node = await startNode({ config, account: devnetAccount(1) });
};
beforeAll(async () => {
  world = await createWorld();
  await start();
  renter = await createRenter(world, node.endpoint, { account: 2, module: ECHO, deposit: 100_000_000n });
  expect((await renter.announce()).status).toBe(200);
});
afterAll(async () => {
  await node?.close();
  await world?.close();
});

const bytesOf = (length: number) => {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
};

/** Somebody brings four times what the store holds; the first of it is gone afterwards. */
async function flood(): Promise<void> {
  const first = await upload(node.endpoint, bytesOf(200_000));
  for (let sent = 0; sent < 4 * CONTENT_BYTES; sent += 200_000) await upload(node.endpoint, bytesOf(200_000));
  expect(await isHere(first)).toBe(false);
}

/** Uploads what a job needs, and submits it. */
async function submit(
  by: TestRenter,
  code: Uint8Array,
  input: Uint8Array,
  changes: object = {},
): Promise<Hex> {
  const nonce = randomNonce();
  const module = await by.upload(code);
  const { body } = await by.submit(
    [specOf(module, { inputs: [await by.upload(input)], ...changes })],
    [nonce],
  );
  expect(body).toMatchObject({ jobs: [{ job: {} }] });
  return jobIdOf(by.channel, nonce);
}

async function receiptOf(by: TestRenter, id: Hex): Promise<{ outcome: string; result: string }> {
  const isEnd = (event: ChannelLine) => event.type === 'ended' && event.id === id;
  const end = (await by.follow((events) => events.some(isEnd))).find(isEnd);
  return end.receipt.receipt;
}

const isHere = async (cid: string) =>
  (await fetch(`${node.endpoint}/ipfs/${cid}?format=raw`, { method: 'HEAD' })).status === 200;

it('keeps a large result against any flood and over a restart', async () => {
  const bytes = bytesOf(60_000);
  const { result } = await receiptOf(renter, await submit(renter, ECHO, bytes));
  const read = () => fetchFile([node.endpoint], result, { maxBytes: bytes.length });
  await flood();
  expect(await read()).toEqual(bytes);
  await node.close();
  await start();
  await flood();
  expect(await read()).toEqual(bytes);
});

it('runs a job whose input everybody else tried to push out while it waited, also after a restart', async () => {
  const blocker = await submit(renter, ENDLESS, bytesOf(1), LONG);
  const bytes = bytesOf(60_000);
  const id = await submit(renter, ECHO, bytes);
  await flood();
  await node.close();
  await start();
  await flood();
  expect((await renter.stop(blocker)).status).toBe(200);
  const { outcome, result } = await receiptOf(renter, id);
  expect(outcome).toBe('DONE');
  expect(await fetchFile([node.endpoint], result, { maxBytes: bytes.length })).toEqual(bytes);
});

it('gives the room of inputs back when their jobs have ended', async () => {
  const input = bytesOf(60_000);
  const id = await submit(renter, ECHO, input, { outputBytes: 10 });
  expect((await receiptOf(renter, id)).outcome).toBe('JOB_OUTPUT_LIMIT');
  await flood();
  expect(await isHere(await getFileCid(input))).toBe(false);
});

it('lets whoever has most results lose the oldest first, when they need too much room', async () => {
  const other = await createRenter(world, node.endpoint, { account: 3, module: ECHO });
  await other.announce();
  const { result: kept } = await receiptOf(other, await submit(other, ECHO, bytesOf(10_000)));
  const results: string[] = [];
  for (let count = 0; count < 24; count++) {
    const { result } = await receiptOf(renter, await submit(renter, ECHO, bytesOf(60_000)));
    results.push(result);
  }
  await flood();
  expect(await isHere(kept)).toBe(true);
  // Half of the store, less the other result, has room for 16 of them.
  expect(await Promise.all(results.map(isHere))).toEqual(results.map((_, at) => at >= 8));
});

it('says so when it has no room for an upload or a result, takes nothing for that, and goes on', async () => {
  const http = { contentBytes: 65_536 };
  const tiny = await startNode({ config: world.config('tiny', { http }), account: devnetAccount(4) });
  try {
    const refused = upload(tiny.endpoint, bytesOf(100_000));
    await expect(refused).rejects.toThrow('"code":"STORE_FULL"');
    const tenant = await createRenter(world, tiny.endpoint, { account: 5, module: LARGE });
    await tenant.announce();
    const large = await receiptOf(tenant, await submit(tenant, LARGE, bytesOf(1)));
    expect(large.outcome).toBe('HOST_STORE_FAILED');
    expect((await tenant.view()).body).toMatchObject({ due: '0' });
    const small = await receiptOf(tenant, await submit(tenant, ECHO, bytesOf(10)));
    expect(small.outcome).toBe('DONE');
  } finally {
    await tiny.close();
  }
});
