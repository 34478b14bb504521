import { setTimeout as sleep } from 'node:timers/promises';
import { devnetAccount } from '@millrace/devnet';
import { createReceiptTree, hashReceipt, parseReceipt, verifyReceiptChain } from '@millrace/protocol/compute';
import { type ChannelView, channelViewSchema, jobIdOf, ROUTES } from '@millrace/protocol/wire';
import { type Hex, toHex } from 'viem';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ECHO, LARGE, STEPS } from './modules.ts';
import { createNodeProcess, type NodeProcess } from './node-process.ts';
import { type ChannelLine, createRenter, get, randomNonce, specOf, type TestRenter } from './renter.ts';
import { createWorld, type World } from './world.ts';

const KILLS = Number(process.env.NODE_KILLS ?? 3);
const SEED = Number(process.env.NODE_SEED ?? 1);

let world: World;
let node: NodeProcess;
beforeAll(async () => {
  world = await createWorld();
  const key = toHex(devnetAccount(1).getHdKey().privateKey ?? new Uint8Array());
  node = await createNodeProcess(world, 'mortal', key, { exposureCap: '1000000', snapshotSeconds: 0.1 });
  await node.start();
});
afterAll(async () => {
  await node?.kill();
  await world?.close();
});

/** Numbers that look random, the same every time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const viewOf = async (renter: TestRenter): Promise<ChannelView> =>
  channelViewSchema.parse((await renter.view()).body);

it(`killed ${KILLS} times at any moment, it loses no voucher and no result, and its receipts are one chain`, async () => {
  const random = chance(SEED);
  const renter = await createRenter(world, node.endpoint, { account: 2, module: ECHO });
  await renter.announce();
  const input = await renter.upload(new TextEncoder().encode('kept'));
  const specs = [
    specOf(await renter.upload(ECHO), { inputs: [input] }),
    specOf(await renter.upload(STEPS), { fuel: '100000000000' }),
    specOf(await renter.upload(LARGE)),
  ];
  const taken = new Set<Hex>();
  const ended = new Map<Hex, string>();
  let signed = 0n;

  /** What was seen once must be there for ever, word for word. */
  const look = (lines: readonly ChannelLine[]) => {
    for (const line of lines.filter(({ type }) => type === 'ended')) {
      const text = JSON.stringify(line);
      expect(ended.get(line.id) ?? text).toBe(text);
      ended.set(line.id, text);
    }
  };
  /** A payer who works until the node is gone. */
  const use = async () => {
    for (;;) {
      const nonces = specs.map(randomNonce);
      const { body } = await renter.submit(specs, nonces);
      const { jobs } = body as { jobs: object[] };
      for (const [at, job] of jobs.entries()) {
        if ('job' in job) taken.add(jobIdOf(renter.channel, nonces[at] as Hex));
      }
      look(await renter.follow((events) => events.some(({ type }) => type === 'account')));
      const { due } = await viewOf(renter);
      const { status } = await renter.pay(due + 1n);
      if (status === 200) signed = due + 1n;
    }
  };

  for (let round = 0; round < KILLS; round++) {
    const using = use().catch(() => {});
    await sleep(100 + random() * 1_500);
    await node.kill();
    await using;
    await node.start();
    expect((await renter.announce()).status).toBe(200);
    expect((await viewOf(renter)).signed).toBeGreaterThanOrEqual(signed);
  }

  // Jobs may have been taken whose answer never came: all have to end.
  for (let busy = 1; busy > 0; await sleep(100)) {
    const { body } = await get(node.endpoint + ROUTES.status);
    const { running, waiting } = (body as { queue: { running: number; waiting: number } }).queue;
    busy = running + waiting;
  }
  const view = await viewOf(renter);
  const lines = await renter.follow(
    (events) => events.filter(({ type }) => type === 'ended').length >= view.receipts,
  );
  look(lines);
  for (const id of taken) expect(ended.has(id), id).toBe(true);
  const events = lines.filter(({ type }) => type === 'ended');
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, at) => at));
  const receipts = events.map(({ receipt }) => parseReceipt(receipt.receipt));
  verifyReceiptChain(receipts);
  expect(new Set(receipts.map(({ job }) => job)).size).toBe(receipts.length);
  expect(view.receipts).toBe(receipts.length);
  expect(view.receiptsRoot).toBe(createReceiptTree(receipts.map(hashReceipt)).root);
  const work = receipts.reduce((sum, { fuel }) => sum + fuel, 0n);
  expect(view.work.fuel).toBe(work);
  // Results that are too large for the journal are in the store.
  const large = receipts.filter(({ module }) => module === specs[2]?.module);
  for (const { result } of large) {
    expect((await fetch(`${node.endpoint}/ipfs/${result}?format=raw`)).status).toBe(200);
  }
  expect(await node.stop()).toBe(0);
}, 300_000);
