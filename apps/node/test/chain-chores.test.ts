import { join } from 'node:path';
import { deployContract, devnetAccount, fund, increaseTime } from '@millrace/devnet';
import {
  type ChannelKey,
  channelId,
  channelSalt,
  createReceiptTree,
  createSessionSecret,
  epochOf,
  frontierRoot,
  hashReceipt,
  laneOf,
  parseReceipt,
  sessionKeyOf,
} from '@millrace/protocol/compute';
import { ROUTES, signedQuoteSchema, signWire } from '@millrace/protocol/wire';
import { buildApprove } from '@millrace/sdk';
import {
  anchorReceipts,
  buildOpenChannel,
  closeChannel,
  getAnchor,
  getChannel,
  getCredit,
  verifyAnchoredReceipt,
} from '@millrace/sdk/compute';
import { type Address, toHex, zeroHash } from 'viem';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningNode, startNode } from '../src/index.ts';
import { openNodeJournal } from '../src/journal/journal.ts';
import { NOTHING } from './modules.ts';
import { createRenter, post, randomNonce, specOf, type TestRenter, upload } from './renter.ts';
import { createWorld, type World } from './world.ts';

const HOUR = 3_600;
const POLLS = 1_500;

let world: World;
let node: RunningNode;
/** How far the clock of this process is ahead, milliseconds. */
let ahead = 0;
const clock = Date.now;

const start = async (redeem: { everySeconds?: number; above?: string } = {}) => {
  node = await startNode({ config: world.config('a', { redeem }), account: devnetAccount(1) });
};
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Of this machine and of the chain. */
async function letPass(seconds: number): Promise<void> {
  ahead += seconds * 1_000;
  await increaseTime(world.client, BigInt(seconds));
}

/** Someone who had a job done, and has signed for `total`. */
async function createCustomer(account: number, total: bigint): Promise<TestRenter> {
  const renter = await createRenter(world, node.endpoint, { account, module: NOTHING });
  await renter.announce();
  await renter.submit([specOf(await renter.upload(NOTHING))]);
  await renter.follow((events) => events.some(({ type }) => type === 'ended'));
  expect((await renter.pay(total)).status).toBe(200);
  return renter;
}

const creditOf = ({ key }: { key: ChannelKey }) =>
  getCredit(world.client, { contract: world.compute.channels, lane: laneOf(key) });
const paidTo = async ({ key }: { key: ChannelKey }) =>
  (await getChannel(world.client, { channels: world.compute.channels, key })).paid;

beforeEach(async () => {
  ahead = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => clock() + ahead);
  world = await createWorld();
});
afterEach(async () => {
  await node?.close();
  await world?.close();
  vi.restoreAllMocks();
});

describe('vouchers are redeemed', () => {
  it('when enough has come together, and when the time has come', async () => {
    await start({ everySeconds: HOUR, above: '70' });
    const first = await createCustomer(2, 40n);
    await pause(POLLS);
    expect(await paidTo(first)).toBe(0n);
    const second = await createCustomer(3, 41n);
    await expect.poll(() => creditOf(first), { timeout: 30_000 }).toBe(81n);
    expect(await paidTo(second)).toBe(41n);
    await second.pay(51n);
    await pause(POLLS);
    expect(await paidTo(second)).toBe(41n);
    await letPass(HOUR);
    await expect.poll(() => paidTo(second), { timeout: 30_000 }).toBe(51n);
  });

  it('at once when the payer closes, the others when it is their time', async () => {
    await start({ everySeconds: HOUR });
    const staying = await createCustomer(2, 30n);
    const leaving = await createCustomer(3, 20n);
    await pause(POLLS);
    expect(await paidTo(leaving)).toBe(0n);
    const { client } = await world.payer(3);
    await closeChannel(client, { channels: world.compute.channels, key: leaving.key });
    await expect.poll(() => paidTo(leaving), { timeout: 30_000 }).toBe(20n);
    expect(await paidTo(staying)).toBe(0n);
    await expect
      .poll(async () => (await leaving.view()).body, { timeout: 30_000 })
      .toMatchObject({ state: 'closing', redeemed: '20' });
    expect((await leaving.submit([specOf(await leaving.upload(NOTHING))])).body).toMatchObject({
      jobs: [{ refusal: { code: 'CHANNEL_CLOSING' } }],
    });
  });

  it('though a contract has signed for more, closes, and does not stand by it any more', async () => {
    await start({ everySeconds: HOUR });
    const key = await cheat();
    // The node has seen it, and tried.
    await pause(POLLS);
    const honest = await createCustomer(3, 20n);
    await letPass(HOUR);
    await expect.poll(() => paidTo(honest), { timeout: 30_000 }).toBe(20n);
    expect(await paidTo({ key })).toBe(0n);
  });
});

/** A contract that is a payer, agrees to everything until it has had its job, and closes its channel then. */
async function cheat(): Promise<ChannelKey> {
  const { client: admin, compute } = world;
  const { channels, token } = compute;
  // Agrees to every signature: return 0x1626ba7e.
  const bytecode = '0x6d631626ba7e60e01b5f5260205ff35f52600e6012f3';
  const payer: Address = await deployContract(admin, { abi: [], bytecode, args: [] });
  await fund(admin, token.address, payer, 1_000n);
  await admin.setBalance({ address: payer, value: 10n ** 18n });
  await admin.impersonateAccount({ address: payer });
  const key = { payer, payee: node.ask().body.node, token: token.address, salt: channelSalt(0n, 7n) };
  const approval = buildApprove({ token: token.address, spender: channels, amount: 1_000n });
  for (const call of [approval, buildOpenChannel({ channels, key, deposit: 1_000n })]) {
    await admin.sendTransaction({ ...call, account: payer });
  }
  const module = await upload(node.endpoint, NOTHING);
  const request = { chainId: 31_337, channels, token: token.address, spec: specOf(module) };
  const quote = signedQuoteSchema.parse((await post(node.endpoint + ROUTES.quotes, request)).body);
  const session = sessionKeyOf(createSessionSecret());
  const at = BigInt(Math.floor(Date.now() / 1_000));
  const certificate = {
    certificate: { node: payer, key: session.publicKey, issuedAt: at - 10n, expiry: at + 1_000n },
    signature: toHex('anything'),
  };
  expect((await post(node.endpoint + ROUTES.channels, { key, quote, certificate })).status).toBe(200);
  const channel = channelId(key);
  const jobs = [{ nonce: randomNonce(), spec: specOf(module) }];
  await post(node.endpoint + ROUTES.jobs, signWire('submit', { channel, at, jobs }, session));
  const voucher = { total: 500n, receiptsRoot: zeroHash, signature: toHex('anything') };
  expect((await post(node.endpoint + ROUTES.vouchers(channel), voucher)).status).toBe(200);
  await admin.setCode({ address: payer, bytecode: '0x5f5ffd' });
  await closeChannel(admin, { channels, key, account: payer });
  return key;
}

describe('receipts are anchored when their hour is over', () => {
  it('each once, also those of before a restart, and those whose anchor was sent before a crash', async () => {
    const { receipts } = world.compute;
    const { address } = devnetAccount(1);
    const anchorAt = (epoch: bigint) => getAnchor(world.client, { receipts, node: address, epoch });
    await start();
    const [receipt] = await receiptsOf(await createCustomer(2, 10n));
    if (receipt === undefined) throw new Error('no receipt');
    const hour = epochOf(receipt.endedAt);
    await node.close();
    await start();
    await pause(POLLS);
    expect(await anchorAt(hour)).toBeUndefined();
    await node.close();

    await letPass(HOUR + 120);
    await start();
    const tree = createReceiptTree([hashReceipt(receipt)]);
    await expect
      .poll(() => anchorAt(hour), { timeout: 30_000 })
      .toMatchObject({ root: tree.root, count: 1n });
    const proof = tree.proof(0);
    expect(await verifyAnchoredReceipt(world.client, { receipts, epoch: hour, receipt, proof })).toBe(true);

    await createCustomer(3, 10n);
    await node.close();
    const [[epoch, frontier] = []] = await openEpochs();
    if (epoch === undefined || frontier === undefined) throw new Error('no epoch');
    expect(await openEpochs()).toHaveLength(1);
    await letPass(HOUR + 120);
    const { client } = await world.payer(1);
    const terms = { epoch: BigInt(epoch), root: frontierRoot(frontier), count: 1n };
    await anchorReceipts(client, { receipts, ...terms });
    // It finds out soon after it has begun.
    await expect
      .poll(
        async () => {
          await start();
          await pause(POLLS);
          await node.close();
          return await openEpochs();
        },
        { timeout: 60_000 },
      )
      .toEqual([]);
  });
});

async function receiptsOf({ channel, session }: TestRenter) {
  const at = BigInt(Math.floor(Date.now() / 1_000));
  const request = signWire('read', { channel, from: 0, at }, session);
  const { body } = await post(node.endpoint + ROUTES.receipts(channel), request);
  return (body as { receipts: { receipt: object }[] }).receipts.map(({ receipt }) => parseReceipt(receipt));
}

/** Hours that the node has not anchored, as far as its journal says. */
async function openEpochs() {
  const { channels, jobMarket, token } = world.compute;
  const home = { chainId: 31_337, node: devnetAccount(1).address, channels, jobMarket, token: token.address };
  const journal = await openNodeJournal(join(world.folder, 'a', 'journal'), home);
  await journal.close();
  return [...journal.state.epochs];
}
