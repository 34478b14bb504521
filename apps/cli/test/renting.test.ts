import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort, loadDeployment } from '@millrace/devnet';
import { erc20Abi } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALLING, ECHO, STEPS, TRAP } from '../../node/test/modules.ts';
import { readBooks, takeSlotNumber } from '../src/rent/slots.ts';
import { killLockHolders, lockHolders } from './lock-holders.ts';
import { type Playground, startPlayground } from './playground.ts';
import type { Run } from './run-millrace.ts';

let play: Playground;

beforeAll(async () => {
  play = await startPlayground();
  for (const [name, bytes] of Object.entries({ ECHO, CALLING, STEPS, TRAP })) {
    writeFileSync(join(play.cwd, `${name.toLowerCase()}.wasm`), bytes);
  }
  writeFileSync(join(play.cwd, 'one.txt'), 'wheat ');
  writeFileSync(join(play.cwd, 'two.txt'), 'and flour\n');
});

afterAll(async () => {
  if (!play) return;
  await play.here('node stop');
  killLockHolders(play.cwd);
  await play.stop();
});

/** What starts processes is one itself: they inherit how it was started. */
async function spawned<T = Record<string, unknown>>(line: string): Promise<T> {
  const run = await play.spawn(`${line} --json`);
  if (run.exitCode !== 0) throw new Error(`millrace ${line}: ${run.stderr}`);
  return run.data<T>();
}

async function refused(line: string): Promise<{ code: string; exitCode: number }> {
  const run = await play.here(line);
  expect(run.exitCode).not.toBe(0);
  // What happens on the way is told before.
  const said = run.stderr.slice(run.stderr.search(/^\{$/m));
  const { code } = (JSON.parse(said) as { error: { code: string } }).error;
  return { code, exitCode: run.exitCode };
}

const documents = ({ stdout }: Run) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; text?: string });

async function balance(of: string): Promise<bigint> {
  const { compute } = loadDeployment(play.state);
  if (!compute) throw new Error('no contracts of compute');
  const { accounts } = await play.done<{ accounts: { name: string; address: `0x${string}` }[] }>(
    'dev accounts',
  );
  const address = accounts.find(({ name }) => name === of)?.address ?? '0x';
  const asked = { address: compute.token.address, abi: erc20Abi, functionName: 'balanceOf' } as const;
  return play.client.readContract({ ...asked, args: [address] });
}

/** What {@link STEPS} writes and says. */
const COUNTED = Buffer.from(Array.from({ length: 50 }, (_, at) => 50 - at));

type Channel = Record<'id' | 'state' | 'deposit' | 'signed' | 'redeemed' | 'rest', string>;
const channelsOf = (name: string) => play.done<{ channels: Channel[] }>(`channel list --as ${name}`);
/** Whoever pays in the background ends by itself, soon after the last job has ended in its books. */
const unattended = () => expect.poll(attended, { timeout: 120_000 }).toEqual([]);
async function attended(): Promise<unknown[]> {
  const folder = join(play.state, 'rent');
  const journals = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((it) =>
    /journal$/.test(it),
  );
  const books = await Promise.all(journals.map((name) => readBooks(join(folder, name))));
  const jobs = books.flatMap((state) => [...state.jobs.values()]).filter(({ ended }) => ended === undefined);
  return [...jobs, ...lockHolders(folder)];
}
/** A job that a node has taken waits until a slot is ready for it. */
async function running(): Promise<number | undefined> {
  type Nodes = { nodes: { status: { queue: { running: number } } | null }[] };
  const { nodes } = await play.done<Nodes>('node status');
  return nodes[0]?.status?.queue.running;
}
const onlyChannel = async () => {
  const { channels } = await channelsOf('alice');
  const [channel, ...others] = channels;
  if (!channel || others.length > 0) throw new Error(`${channels.length} channels`);
  return channel;
};

// In this order: each begins where the one before has ended.
describe('machines that are rented', { timeout: 300_000 }, () => {
  let bob: string;
  let endpoint: string;
  let given: string;
  let bobBefore: bigint;

  it('nothing can be asked of a node that is not there', async () => {
    expect(await refused('node start')).toEqual({ code: 'UNKNOWN_NODE', exitCode: 2 });
    expect(await play.done('node status')).toEqual({ nodes: [] });
    expect(await play.done('offer list')).toMatchObject({ offers: [], dismissed: [] });
    expect(await refused('job run echo.wasm --as alice')).toEqual({ code: 'RENT_NO_OFFER', exitCode: 3 });
    expect(await channelsOf('alice')).toMatchObject({ channels: [] });
  });

  it('node init, node start, node status', async () => {
    const port = await freePort();
    const made = await spawned<{ address: string; endpoint: string; hardware: { cores: number } }>(
      `node init --as bob --port ${port} --slots 1 --region FI --without-gossip`,
    );
    ({ address: bob, endpoint } = made);
    expect(endpoint).toBe(`http://127.0.0.1:${port}`);
    expect(await play.done('node status')).toMatchObject({ nodes: [{ name: 'node', state: 'stopped' }] });
    expect(await refused('node earnings')).toEqual({ code: 'NOT_YOUR_NODE', exitCode: 1 });
    expect(await spawned('node start --background')).toMatchObject({ address: bob, started: true });
    expect(await play.done('node start')).toMatchObject({ started: false });
    expect(await refused('node init --as bob')).toEqual({ code: 'NODE_RUNS', exitCode: 2 });
    expect(await play.done('node status')).toMatchObject({
      nodes: [{ state: 'open', endpoint, address: bob, status: { jobs: { done: 0 } } }],
    });
    bobBefore = await balance('bob');
  });

  it('offer list, offer compare', async () => {
    expect(await play.done('offer list')).toMatchObject({
      offers: [{ node: bob, endpoint, region: 'FI' }],
      dismissed: [],
    });
    expect(await play.done('offer compare echo.wasm --input one.txt')).toMatchObject({
      ranked: [{ node: bob }],
      dismissed: [],
    });
    const elsewhere = await play.here('offer compare echo.wasm --region SE');
    expect(elsewhere.exitCode).toBe(1);
    expect(elsewhere.data()).toMatchObject({ ranked: [], dismissed: [{ node: bob }] });
  });

  it('job run, printed and saved', async () => {
    const run = await play.done<{ cost: string }>(
      'job run echo.wasm --input one.txt --input two.txt --as alice',
    );
    expect(run).toMatchObject({ node: bob, text: 'wheat and flour\n', bytes: 16, attempts: 1 });
    expect(BigInt(run.cost)).toBeGreaterThan(0n);
    const path = join(play.cwd, 'counted.bin');
    expect(await play.done('job run steps.wasm --output counted.bin --as alice')).toMatchObject({ path });
    expect(readFileSync(path)).toEqual(COUNTED);
    expect(await refused('job run trap.wasm --as alice')).toMatchObject({ exitCode: 1 });
    expect(await refused('job run nowhere.wasm --as alice')).toEqual({
      code: 'FILE_UNREADABLE',
      exitCode: 1,
    });
  });

  it('job create, list, show, logs and result', async () => {
    const { id, node } = await spawned<{ id: string; node: string }>('job create steps.wasm --as alice');
    expect(node).toBe(bob);
    const { jobs } = await play.done<{ jobs: { id: string; state: string }[] }>('job list --as alice');
    // Those that failed are told as well.
    expect(jobs).toHaveLength(5);
    expect(jobs[0]).toMatchObject({ id, label: 'steps.wasm', node: bob });
    expect(await play.done(`job show ${id} --as alice`)).toMatchObject({ id, place: { endpoint } });
    const events = documents(await play.here(`job logs ${id} -f --as alice`));
    const said = events.filter(({ type }) => type === 'log').map(({ text = '' }) => text);
    expect(said.join('')).toBe(COUNTED.toString('latin1'));
    expect(events.at(-1)).toMatchObject({ type: 'ended' });
    const result = await play.done<{ result: string }>(`job result ${id} --wait --as alice`);
    expect(Buffer.from(result.result, 'base64')).toEqual(COUNTED);
    expect(await play.done(`job show ${id} --as alice`)).toMatchObject({ state: 'done' });
    expect(await refused(`job stop ${id} --as alice`)).toEqual({ code: 'JOB_ENDED', exitCode: 1 });
    expect(await refused('job show nothing --as alice')).toEqual({ code: 'UNKNOWN_JOB', exitCode: 2 });
    expect(await refused(`job show ${id} --as carol`)).toEqual({ code: 'UNKNOWN_JOB', exitCode: 2 });
  });

  it('whoever attends jobs waits for their books while another command has them', async () => {
    await unattended();
    const folder = join(play.state, 'rent');
    const journals = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const books = journals.find((name) => name.endsWith('0.journal')) ?? '';
    const slot = await takeSlotNumber(join(folder, dirname(books)), 0);
    const attending = play.here('job attend 0 --as alice');
    const first = await Promise.race([attending, new Promise((resolve) => setTimeout(resolve, 1_500))]);
    expect(first).toBeUndefined();
    await slot.release();
    expect((await attending).exitCode).toBe(0);
  });

  it('job stop', async () => {
    const line = 'job create calling.wasm --fuel 1e11 --time 3m --as alice';
    ({ id: given } = await spawned<{ id: string }>(line));
    expect(await refused(`job result ${given} --as alice`)).toEqual({ code: 'JOB_RUNS', exitCode: 1 });
    expect(await play.done(`job stop ${given} --as alice`)).toMatchObject({ state: 'stopped', heard: true });
    // It is written down: no round of nodes is waited for, nor anything else.
    const stopped = { code: 'RENT_STOPPED', exitCode: 1 };
    expect(await refused(`job result ${given} --as alice`)).toEqual(stopped);
    expect(await refused(`job result ${given} --wait --as alice`)).toEqual(stopped);
    expect(await play.done(`job show ${given} --as alice`)).toMatchObject({ state: 'failed' });
    expect(await refused(`job stop ${given} --as alice`)).toEqual({ code: 'JOB_ENDED', exitCode: 1 });
    // Whoever attends hears of it, pays what was done, and ends.
    await unattended();
    expect(await play.done('node earnings')).toMatchObject({ unpaid: '0' });
    const { jobs } = await play.done<{ jobs: { id: string; error: string }[] }>('job list --as alice');
    expect(jobs.find(({ id }) => id === given)).toMatchObject({ error: 'RENT_STOPPED', attempts: 1 });
  });

  it('channel list and top-up', async () => {
    const before = await onlyChannel();
    expect(before.state).toBe('open');
    expect(BigInt(before.signed)).toBeGreaterThan(0n);
    await unattended();
    const added = await play.done<{ deposit: string }>(
      `channel top-up ${before.id.slice(0, 10)} 2.5 --as alice --yes`,
    );
    expect(BigInt(added.deposit)).toBe(BigInt(before.deposit) + 2_500_000n);
    expect(await onlyChannel()).toMatchObject({ deposit: added.deposit, signed: before.signed });
    const unknown = 'channel top-up 0xffff 1 --as alice --yes';
    expect(await refused(unknown)).toEqual({ code: 'UNKNOWN_CHANNEL', exitCode: 2 });
  });

  it('node earnings and node withdraw', async () => {
    const { signed } = await onlyChannel();
    const before = await play.done<Record<'signed' | 'credit' | 'collected', string>>('node earnings');
    const whole = BigInt(before.signed) + BigInt(before.credit) + BigInt(before.collected);
    expect(whole).toBe(BigInt(signed));
    const after = await play.done<{ collected: string }>('node withdraw --yes');
    expect(after).toMatchObject({ collected: signed, signed: '0', credit: '0' });
    expect((await balance('bob')) - bobBefore).toBe(BigInt(signed));
    expect(await refused('node withdraw --yes')).toEqual({ code: 'NOTHING_AVAILABLE', exitCode: 1 });
  });

  it('node rotate: the node has another key, and the channel goes on', async () => {
    expect(await refused('node rotate')).toEqual({ code: 'CONFIRMATION_NEEDED', exitCode: 1 });
    const { id } = await onlyChannel();
    const rotated = await play.done<Record<'sessionKey' | 'revoked', string>>('node rotate --yes');
    expect(rotated.sessionKey).not.toBe(rotated.revoked);
    const again = await play.done<{ revoked: string }>('node rotate --yes');
    expect(again.revoked).toBe(rotated.sessionKey);
    expect(await play.done('job run echo.wasm --input one.txt --as alice')).toMatchObject({ node: bob });
    expect((await onlyChannel()).id).toBe(id);
  });

  it('node drain: jobs end, new ones are refused by name, and it can be undone', async () => {
    const { id } = await spawned<{ id: string }>('job create calling.wasm --fuel 1e11 --time 3m --as alice');
    await expect.poll(running, { timeout: 120_000 }).toBe(1);
    const drained = await play.done('node drain --patience 1s');
    expect(drained).toMatchObject({ state: 'draining', queue: { running: 1 } });
    await play.done(`job stop ${id} --as alice`);
    expect(await play.done('node drain')).toMatchObject({
      state: 'draining',
      queue: { running: 0, waiting: 0 },
    });
    expect(await play.done('node status')).toMatchObject({ nodes: [{ state: 'draining' }] });
    await unattended();
    const run = await play.here('job run echo.wasm --input one.txt --as alice');
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('"code": "NODE_DRAINING"');
    expect(await play.done('node drain --off')).toMatchObject({ state: 'open' });
    expect(await play.done('job run echo.wasm --input one.txt --as alice')).toMatchObject({ text: 'wheat ' });
  });

  it('a node that does not answer is named, and keeps no job', async () => {
    const line = 'job create calling.wasm --fuel 1e11 --time 3m --as alice';
    const { id } = await spawned<{ id: string }>(line);
    await play.done('node stop');
    // First what is about the job: whoever attends it will have given it up some time later.
    const silent = { code: 'NODE_SILENT', exitCode: 3 };
    expect(await refused(`job logs ${id} --as alice`)).toEqual(silent);
    expect(await play.done(`job stop ${id} --as alice`)).toMatchObject({ heard: false, fuel: null });
    expect((await refused(`job result ${id} --wait --as alice`)).code).toBe('RENT_STOPPED');
    expect(await refused('node drain')).toEqual(silent);
    expect(await refused('node withdraw --yes')).toEqual(silent);
    expect(await refused('node rotate --yes')).toEqual(silent);
    await unattended();
  });

  it('channel close: what was signed is the node’s, the rest comes back after the window', async () => {
    await spawned('node start --background');
    expect(await play.done('job run echo.wasm --input one.txt --as alice')).toMatchObject({ node: bob });
    const before = await onlyChannel();
    const close = `channel close ${before.id.slice(0, 10)} --as alice --yes`;
    const closing = await play.done<{ closesAt: string }>(close);
    expect(closing).toMatchObject({ id: before.id, state: 'closing' });
    expect((await refused(close)).code).toBe('TOO_EARLY');
    const redeemed = async () => (await onlyChannel()).redeemed;
    const { signed, deposit } = await onlyChannel();
    await expect.poll(redeemed, { timeout: 120_000 }).toBe(signed);
    const had = await balance('alice');
    await play.done('dev wait 2h');
    const rest = BigInt(deposit) - BigInt(signed);
    expect(await play.done(close)).toMatchObject({ state: 'closed', refunded: `${rest}` });
    expect((await balance('alice')) - had).toBe(rest);
    expect(await channelsOf('alice')).toMatchObject({ channels: [] });
    const { channels } = await play.done<{ channels: Channel[] }>('channel list --all --as alice');
    expect(channels).toMatchObject([{ id: before.id, state: 'closed' }]);
    expect((await refused(close)).code).toBe('CHANNEL_IS_CLOSED');
    expect((await refused(`channel top-up ${before.id} 1 --as alice --yes`)).code).toBe('CHANNEL_IS_CLOSED');
  });

  it('job new', async () => {
    const made = await play.done<{ files: string[] }>('job new count-bytes');
    expect(made.files).toContain('assembly/index.ts');
    const manifest = readFileSync(join(play.cwd, 'count-bytes', 'package.json'), 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({ name: 'count-bytes' });
    expect(await refused('job new count-bytes')).toEqual({ code: 'FOLDER_NOT_EMPTY', exitCode: 1 });
  });
});
