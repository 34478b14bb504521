import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readJournal } from '@millrace/journal';
import { RENT_MEANING } from '@millrace/sdk/rent';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningNode } from '../src/index.ts';
import { modestHardware, startRented } from './rent-world.ts';
import { createWorld, type World } from './world.ts';

let world: World;
const nodes: RunningNode[] = [];
beforeAll(async () => {
  world = await createWorld();
  const hardware = modestHardware(world);
  for (const index of [1, 2]) nodes.push(await startRented(world, index, { hardware }));
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await world?.close();
});

type Line = {
  label?: string;
  byte?: number;
  code?: string;
  resumed?: boolean;
  done?: boolean;
  channels?: Record<string, string | number>[];
};

it('a renter that is killed at any moment gets every result, and never signs less than before', async () => {
  const account = 5;
  await world.payer(account);
  const { nodeRegistry, channels, jobMarket, token } = world.compute;
  const journal = join(world.folder, 'renter.journal');
  const options = {
    url: world.anvil.url,
    contracts: { nodeRegistry, channels, jobMarket },
    token: token.address,
    nodes: nodes.map(({ endpoint }) => endpoint),
    journal,
    account,
    jobs: 150,
  };
  const lines: Line[] = [];
  const start = (isLast: boolean): ChildProcess => {
    const program = fileURLToPath(new URL('./rent-child.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--conditions=@millrace/source', program, JSON.stringify({ ...options, isLast })],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) =>
      lines.push(JSON.parse(line)),
    );
    return child;
  };
  let signed = 0n;
  for (const life of [600, 150, 900, 300]) {
    const child = start(false);
    const before = lines.length;
    // From its first word on: what comes before is only the start of a program.
    await expect.poll(() => lines.length, { timeout: 60_000, interval: 10 }).toBeGreaterThan(before);
    await new Promise((resolve) => setTimeout(resolve, life));
    child.kill('SIGKILL');
    await once(child, 'close');
    const state = await readJournal(journal, RENT_MEANING);
    const total = [...state.channels.values()].reduce((sum, it) => sum + BigInt(it.voucher?.total ?? 0), 0n);
    expect(total).toBeGreaterThanOrEqual(signed);
    signed = total;
  }
  expect(lines.some(({ done }) => done)).toBe(false);
  const last = start(true);
  await once(last, 'close');
  const end = lines.find(({ done }) => done);
  const labels = new Map(lines.filter(({ byte }) => byte !== undefined).map((line) => [line.label, line]));
  const state = await readJournal(journal, RENT_MEANING);
  // What was said before the kill was also written down, or is said again.
  for (const job of state.jobs.values()) expect(job.ended?.error).toBeUndefined();
  expect(state.jobs.size).toBe(150);
  // The first one counts down from a hundred.
  for (const [label, { byte }] of labels) expect(byte).toBe(label === '0' ? 100 : Number(label) % 256);
  expect(lines.filter(({ code }) => code !== undefined)).toEqual([]);
  expect(lines.filter(({ resumed }) => resumed).length).toBeGreaterThan(0);
  let receipts = 0;
  for (const channel of end?.channels ?? []) {
    // Killed while it was being opened: nothing was worked or signed in it.
    if (channel.theirSigned === 'undefined' && channel.signed === '0') continue;
    expect(channel.theirSigned).toBe(channel.signed);
    expect(channel.theirReceipts).toBe(channel.receipts);
    expect(BigInt(channel.signed as string)).toBeGreaterThanOrEqual(BigInt(channel.theirDue as string));
    expect(BigInt(channel.signed as string) - BigInt(channel.theirDue as string)).toBeLessThanOrEqual(1n);
    receipts += Number(channel.receipts);
  }
  // Each job ran once: nothing was given out twice, nothing was paid twice.
  expect(receipts).toBe(150);
}, 400_000);
