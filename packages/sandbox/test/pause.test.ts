import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSandbox, PauseGate, type Sandbox } from '../src/index.ts';
import { job } from './job.ts';

// A busy machine takes its time, and what is paused here is paused for longer than it runs.
vi.setConfig({ testTimeout: 300_000 });

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ threads: 2 });
});
afterAll(() => sandbox.close());

/** Writes one byte after the other, with so much work in between that word of the first comes long before a thousandth. */
const WORK = `(local $spin i32) (local.set $spin (i32.const 600000))
  (loop $again (br_if $again (local.tee $spin (i32.sub (local.get $spin) (i32.const 1)))))
  (i32.store8 (i32.const 0) (global.get $left))
  (call $output_write (i32.const 0) (i32.const 1))
  (call $progress (global.get $left))
  (global.set $left (i32.sub (global.get $left) (i32.const 1)))`;
const counter = (bytes: number) => `(global $left (mut i32) (i32.const ${bytes}))`;
const calling = (bytes: number) =>
  job(`${counter(bytes)} (func $work ${WORK})
  (func (export "run") (loop $more (call $work) (br_if $more (global.get $left))))`);
const stepped = (bytes: number) =>
  job(`${counter(bytes)} (func (export "step") (result i32) ${WORK}
  (i32.ne (global.get $left) (i32.const 0)))`);
const ENDLESS = { limits: { fuel: 2n ** 60n }, seconds: 3_600 };

const isStanding = (gate: PauseGate) =>
  expect.poll(() => gate.standing, { timeout: 120_000, interval: 5 }).toBe(1);

describe.each([
  ['at its next call to the host', calling],
  ['between two steps', stepped],
])('a job that is paused %s', (_title, make) => {
  it('stands still, and that time is not its own', async () => {
    const module = make(1_000);
    const began = performance.now();
    const plain = await sandbox.run({ module });
    // Enough for what it does, on this machine, and no more than it then stands still.
    const seconds = Math.max(4, (5 * (performance.now() - began)) / 1_000);
    const gate = new PauseGate();
    let heard = 0;
    const run = sandbox.run({
      ...{ module, gate, seconds },
      onOutput: (bytes, { offset }) => {
        if (heard === 0) gate.pause();
        expect(offset).toBe(heard);
        heard += bytes.length;
      },
    });
    await isStanding(gate);
    await sleep(500);
    const before = heard;
    await sleep(1_000 * seconds);
    expect(heard).toBe(before);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(1_000);
    expect(gate.standing).toBe(1);
    gate.resume();
    expect(await run).toEqual(plain);
    expect(gate.standing).toBe(0);
    expect(heard).toBe(1_000);
  });

  it('can be stopped', async () => {
    const gate = new PauseGate();
    const controller = new AbortController();
    const onOutput = () => gate.pause();
    const order = { module: make(1_000_000), gate, signal: controller.signal, onOutput };
    const run = sandbox.run({ ...order, ...ENDLESS });
    run.catch(() => {});
    await isStanding(gate);
    controller.abort();
    await expect(run).rejects.toMatchObject({ code: 'JOB_STOPPED' });
    await expect(sandbox.run({ module: make(10) })).resolves.toBeDefined();
  });
});

it('a job behind a closed gate does not begin', async () => {
  const gate = new PauseGate();
  gate.pause();
  const said: number[] = [];
  const onProgress = (done: number) => said.push(done);
  const run = sandbox.run({ module: calling(100), gate, seconds: 300, onProgress });
  await sleep(100);
  expect(said).toEqual([]);
  gate.resume();
  await run;
  expect(said.length).toBeGreaterThan(0);
});

it('a job that never calls the host goes on behind a closed gate, on its own time', async () => {
  const gate = new PauseGate();
  const module = job('(func (export "run") (call $progress (i32.const 1)) (loop $again (br $again)))');
  const onProgress = () => gate.pause();
  const run = sandbox.run({ module, gate, limits: { fuel: 2n ** 60n }, seconds: 0.3, onProgress });
  await expect(run).rejects.toMatchObject({ code: 'JOB_TIME_LIMIT' });
});

it('every report tells what was spent', async () => {
  const spent: bigint[] = [];
  const { fuel } = await sandbox.run({
    module: job(`(func (export "run")
      (call $log (i32.const 0) (i32.const 1)) (call $progress (i32.const 7))
      (call $output_write (i32.const 0) (i32.const 1)))`),
    onLog: (_line, each) => spent.push(each.fuel),
    onProgress: (_done, each) => spent.push(each.fuel),
    onOutput: (_bytes, each) => spent.push(each.fuel),
  });
  // The entry, five constants and three calls are paid together before the first; what each call does costs 50.
  expect(spent).toEqual([71n, 121n, 171n]);
  expect(fuel).toBe(171n);
});

it('output arrives in pieces that make the whole, also of a job that fails', async () => {
  const module = job(`(func (export "run") (result i32) (local $left i32) (local.set $left (i32.const 5000))
    (loop $more
      (i32.store (i32.const 0) (local.get $left))
      (call $output_write (i32.const 0) (i32.const 100))
      (br_if $more (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (i32.const 9))`);
  const pieces: Uint8Array[] = [];
  const began = performance.now();
  const run = sandbox.run({ module, onOutput: (bytes) => pieces.push(bytes) });
  await expect(run).rejects.toMatchObject({ code: 'JOB_FAILED', details: { status: 9 } });
  const whole = Buffer.concat(pieces);
  expect(whole.length).toBe(500_000);
  expect([whole.readInt32LE(0), whole.readInt32LE(499_900)]).toEqual([5_000, 1]);
  // At once what makes 64 KiB, and what has waited for 50 ms.
  expect(pieces.length).toBeLessThan(200 + (performance.now() - began) / 50);
});
