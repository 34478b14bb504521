import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openJournal, readJournal } from '@millrace/journal';
import { getBalance } from '@millrace/sdk';
import { RENT_MEANING } from '@millrace/sdk/rent';
import { createTestClient, http } from 'viem';
import { increaseTime, mine } from 'viem/actions';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RunningNode } from '../src/index.ts';
import { rentFrom, startRented } from './rent-world.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let node: RunningNode;
/** How far the clock of this process is ahead, milliseconds. */
let ahead = 0;
const clock = Date.now;
beforeEach(async () => {
  ahead = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => clock() + ahead);
  world = await createWorld();
  node = await startRented(world, 1);
});
afterEach(async () => {
  await node?.close();
  await world?.close();
  vi.restoreAllMocks();
});

const ACCOUNT = 5;
const RUN_SECONDS = 600;
const chain = () => createTestClient({ mode: 'anvil', transport: http(world.anvil.url) });
/** Of this machine and of the chain; one on which nothing happens has no new time. */
async function letPass(seconds: number): Promise<void> {
  ahead += seconds * 1_000;
  await increaseTime(chain(), { seconds });
  await mine(chain(), { blocks: 1 });
}
const balance = (owner: `0x${string}`) =>
  getBalance(world.client, { token: world.compute.token.address, owner });

/** Runs a renter until it kills itself. @returns its journal */
async function killed(dieAt: 'intent' | 'opened'): Promise<string> {
  const { nodeRegistry, channels, jobMarket, token } = world.compute;
  const journal = join(world.folder, `${dieAt}.journal`);
  const options = {
    url: world.anvil.url,
    contracts: { nodeRegistry, channels, jobMarket },
    token: token.address,
    nodes: [node.endpoint],
    ...{ journal, account: ACCOUNT, dieAt, runSeconds: RUN_SECONDS },
  };
  const program = fileURLToPath(new URL('./rent-escrow-child.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@millrace/source', program, JSON.stringify(options)],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  return journal;
}

/** A renter over a journal that another has left. */
async function revived(path: string) {
  const kept = await openJournal(path, RENT_MEANING);
  const store = { load: async () => kept.state, append: kept.append };
  return { kept, ...(await rentFrom(world, ACCOUNT, [node.endpoint], { store })) };
}

it('a price that was taken while the renter died is found on chain, and comes back', async () => {
  const { account } = await world.payer(ACCOUNT);
  const before = await balance(account.address);
  const journal = await killed('opened');
  // The money is gone, and the books know of an order only.
  const held = before - (await balance(account.address));
  expect(held).toBeGreaterThan(0n);
  const { intents, escrows } = await readJournal(journal, RENT_MEANING);
  expect([intents.size, escrows.size]).toEqual([1, 0]);

  const { renter, kept } = await revived(journal);
  const without = await balance(account.address);
  await expect.poll(() => renter.state.escrows.size, { timeout: 30_000 }).toBe(1);
  expect(renter.state.intents.size).toBe(0);
  expect(await renter.reclaimEscrows()).toEqual([]);
  await letPass(RUN_SECONDS + 1);
  expect(await renter.reclaimEscrows()).toHaveLength(1);
  expect(renter.state.escrows.size).toBe(0);
  expect(await balance(account.address)).toBe(without + held);
  await renter.close();
  await kept.close();
}, 180_000);

it('an order that was never sent costs nothing, and is forgotten when it cannot be matched any more', async () => {
  const { account } = await world.payer(ACCOUNT);
  const before = await balance(account.address);
  const journal = await killed('intent');
  expect(await balance(account.address)).toBe(before);
  const { renter, kept } = await revived(journal);
  const whole = await balance(account.address);
  expect(await renter.reclaimEscrows()).toEqual([]);
  // It might be matched yet.
  expect(renter.state.intents.size).toBe(1);
  await letPass(400);
  expect(await renter.reclaimEscrows()).toEqual([]);
  expect(renter.state.intents.size).toBe(0);
  expect(renter.state.escrows.size).toBe(0);
  expect(await balance(account.address)).toBe(whole);
  await renter.close();
  await kept.close();
}, 180_000);
