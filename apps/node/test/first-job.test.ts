import { devnetAccount } from '@millrace/devnet';
import {
  createReceiptTree,
  hashReceipt,
  laneOf,
  parseReceipt,
  verifyCertificate,
  verifyReceipt,
  verifyReceiptChain,
} from '@millrace/protocol/compute';
import { channelEventSchema, channelViewSchema, submitAnswerSchema } from '@millrace/protocol/wire';
import { getCredit } from '@millrace/sdk/compute';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningNode, startNode } from '../src/index.ts';
import { ECHO, NOTHING } from './modules.ts';
import { createRenter, specOf } from './renter.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let node: RunningNode;
beforeAll(async () => {
  world = await createWorld();
  node = await startNode({ config: world.config('a'), account: devnetAccount(1) });
});
afterAll(async () => {
  await node?.close();
  await world?.close();
});

it('runs a job for a stranger, and is paid for it on chain', async () => {
  const renter = await createRenter(world, node.endpoint, { account: 2, module: NOTHING });
  expect((await renter.announce()).status).toBe(200);
  const echo = await renter.upload(ECHO);
  const input = await renter.upload(new TextEncoder().encode('hello'));
  const nothing = await renter.upload(NOTHING);
  const submitted = await renter.submit([specOf(nothing), specOf(echo, { inputs: [input] })]);
  expect(submitted.status).toBe(200);
  const { jobs } = submitAnswerSchema.parse(submitted.body);
  expect(jobs.map((job) => ('job' in job ? 'taken' : job.refusal.code))).toEqual(['taken', 'taken']);

  const lines = await renter.follow((events) => events.filter(({ type }) => type === 'ended').length === 2);
  const events = lines
    .map((line) => channelEventSchema.parse(line))
    .filter((event) => event.type === 'ended');
  const results = events.map(({ result }) => Buffer.from(result ?? '', 'base64').toString());
  expect(results.sort()).toEqual(['', 'hello']);
  const receipts = events.map(({ receipt }) => parseReceipt(receipt.receipt));
  verifyReceiptChain(receipts);
  const { certificate } = node.ask();
  for (const { receipt } of events) verifyReceipt(receipt, certificate.certificate.key);
  await verifyCertificate({
    ...certificate,
    domain: {
      name: 'Millrace Nodes',
      version: '1',
      chainId: 31_337,
      verifyingContract: world.compute.nodeRegistry,
    },
    time: BigInt(Math.floor(Date.now() / 1_000)),
  });

  const view = channelViewSchema.parse((await renter.view()).body);
  const tree = createReceiptTree(receipts.map(hashReceipt));
  expect(view).toMatchObject({ state: 'open', receipts: 2, receiptsRoot: tree.root, signed: 0n });
  expect(view.due).toBeGreaterThanOrEqual(20n);
  const paid = channelViewSchema.parse((await renter.pay(view.due + 5n, tree.root)).body);
  expect(paid.signed).toBe(view.due + 5n);

  await node.redeem();
  const credit = await getCredit(world.client, {
    contract: world.compute.channels,
    lane: laneOf(renter.key),
  });
  expect(credit).toBe(view.due + 5n);
  expect(await node.earnings()).toMatchObject({ credit, signed: 0n, unpaid: 0n });
});
