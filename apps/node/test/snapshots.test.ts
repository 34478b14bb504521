import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportFile, importFile } from '@millrace/content';
import { openFolderStore } from '@millrace/content/folder';
import { devnetAccount } from '@millrace/devnet';
import { jobIdOf, ROUTES, signWire } from '@millrace/protocol/wire';
import { pino } from 'pino';
import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningNode, startNode } from '../src/index.ts';
import { openNodeJournal } from '../src/journal/journal.ts';
import { LONG_STEPS } from './modules.ts';
import { createRenter, post, randomNonce, specOf, type TestRenter, upload } from './renter.ts';
import { createWorld, type World } from './world.ts';

const FUEL = '100000000000';
const BYTES = Array.from({ length: 100 }, (_, at) => 100 - at);

let world: World;
let node: RunningNode;
let renter: TestRenter;
let module: string;
/** What the node has said, line by line. */
const said: string[] = [];

const start = async () => {
  const config = world.config('a', { exposureCap: '1000000000', snapshotSeconds: 0.1 });
  const log = pino({ level: 'info' }, { write: (line: string) => void said.push(line) });
  node = await startNode({ config, account: devnetAccount(1), log });
};

beforeAll(async () => {
  world = await createWorld();
  await start();
  renter = await createRenter(world, node.endpoint, { account: 2, module: LONG_STEPS });
  await renter.announce();
  module = await renter.upload(LONG_STEPS);
});
afterAll(async () => {
  await node?.close();
  await world?.close();
});

type Line = {
  type: string;
  checkpoint?: string;
  fuel?: string;
  result?: string;
  error?: { code: string };
  receipt?: { receipt: { outcome: string; fuel: string; microseconds: string } };
};

/** Events of a job until `enough` says so, or its end. */
async function eventsOf(id: Hex, enough: (line: Line) => boolean = () => false): Promise<Line[]> {
  const response = await fetch(`${node.endpoint}${ROUTES.jobEvents(id)}?from=0`);
  const lines: Line[] = [];
  let rest = '';
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    const parts = (rest + Buffer.from(piece).toString()).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.map((text) => JSON.parse(text) as Line));
    if (lines.some(enough)) break;
  }
  return lines;
}

/** @param seed another one makes other snapshots */
async function order(seed: Hex, resume?: { checkpoint: string; fuel: bigint }): Promise<Hex> {
  const nonce = randomNonce();
  const job = {
    nonce,
    spec: specOf(module, { fuel: FUEL, timeMilliseconds: 600_000, seed }),
    ...(resume && { resume }),
  };
  const body = { channel: renter.channel, at: BigInt(Math.floor(Date.now() / 1_000)), jobs: [job] };
  const answer = await post(node.endpoint + ROUTES.jobs, signWire('submit', body, renter.session));
  expect(answer.body).toMatchObject({ jobs: [{ job: { state: expect.any(String) } }] });
  return jobIdOf(renter.channel, nonce);
}

/** The end of a job that was ordered. */
const endOf = async (id: Hex) => (await eventsOf(id)).at(-1) as Required<Line>;
const resultOf = ({ result }: Required<Line>) => [...Buffer.from(result, 'base64')];

const folder = () => join(world.folder, 'a', 'content');

/** Changes the blocks that begin as a snapshot does. */
function change(damage: (path: string) => void): void {
  const paths = readdirSync(join(folder(), 'blocks'), { recursive: true })
    .map((path) => join(folder(), 'blocks', String(path)))
    .filter((path) => statSync(path).isFile())
    .filter((path) => readFileSync(path).subarray(0, 4).toString() === 'MLRS');
  expect(paths.length).toBeGreaterThan(0);
  for (const path of paths) damage(path);
}

/** The last snapshot of a job, as a version would have written it that nobody can read any more. */
async function makeOlder(id: Hex): Promise<void> {
  const { chainId, channels, jobMarket, token } = { ...world.compute, chainId: 31_337 };
  const home = { chainId, node: renter.key.payee, channels, jobMarket, token: token.address };
  const journal = await openNodeJournal(join(world.folder, 'a', 'journal'), home);
  const store = await openFolderStore(folder(), { maxBytes: 2 ** 33 });
  const { checkpoint } = journal.state.jobs.get(id) ?? {};
  if (checkpoint === undefined) throw new Error('no checkpoint');
  const bytes = (await exportFile(store, checkpoint.checkpoint, { maxBytes: 2 ** 30 })).fill(0, 4, 5);
  const older = { ...checkpoint, checkpoint: await importFile(store, bytes) };
  await journal.append({ t: 'checkpoint', id, checkpoint: older });
  await journal.close();
}

describe('a snapshot that is damaged', () => {
  it.each([
    ['is lost', async () => change((path) => rmSync(path))],
    ['has another byte', async () => change((path) => writeFileSync(path, readFileSync(path).fill(9, 4, 5)))],
    ['was made by another version', makeOlder],
  ])(
    'of the node itself, and %s: the job begins anew, and costs what it costs',
    async (_how, damage) => {
      const id = await order(randomNonce());
      await eventsOf(id, ({ type }) => type === 'checkpoint');
      await node.close();
      await damage(id);
      said.length = 0;
      const began = performance.now();
      await start();
      const end = await endOf(id);
      const took = performance.now() - began;
      expect(end.error).toBeUndefined();
      expect(resultOf(end)).toEqual(BYTES);
      expect(said.filter((line) => line.includes('the job begins anew'))).toHaveLength(1);
      const { fuel, microseconds } = end.receipt.receipt;
      const whole = (await endOf(await order(randomNonce()))).receipt.receipt;
      expect(fuel).toBe(whole.fuel);
      expect(Number(microseconds)).toBeLessThan(took * 1_000);
    },
    400_000,
  );

  it('of whoever ordered: the job ends with a name, and costs nothing', async () => {
    const nonsense = await upload(node.endpoint, new TextEncoder().encode('no snapshot'));
    const { unpaid } = await node.earnings();
    const id = await order(randomNonce(), { checkpoint: nonsense, fuel: 5n });
    const { error, receipt } = await endOf(id);
    expect(error.code).toBe('SNAPSHOT_INVALID');
    expect(receipt.receipt).toMatchObject({ outcome: 'SNAPSHOT_INVALID' });
    expect((await node.earnings()).unpaid).toBe(unpaid);
  });
});

it('nobody can say that more was worked elsewhere than it was', async () => {
  const seed = randomNonce();
  const first = await order(seed);
  const lines = await eventsOf(first, ({ type }) => type === 'checkpoint');
  const { checkpoint = '', fuel = '' } = lines.find(({ type }) => type === 'checkpoint') as Line;
  const whole = (await endOf(first)).receipt.receipt;
  const lie = await endOf(await order(seed, { checkpoint, fuel: BigInt(fuel) + 1_000_000_000n }));
  expect(lie.error.code).toBe('SNAPSHOT_INVALID');
  const rest = await endOf(await order(seed, { checkpoint, fuel: BigInt(fuel) }));
  expect(resultOf(rest)).toEqual(BYTES);
  expect(BigInt(rest.receipt.receipt.fuel)).toBe(BigInt(whole.fuel) - BigInt(fuel));
}, 400_000);
