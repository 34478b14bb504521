import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type JobSnapshot, openSandbox, PauseGate, type Sandbox } from '../src/index.ts';
import { job } from './job.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 180_000 });

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ threads: 2 });
});
afterAll(() => sandbox.close());

/** Each step spins, draws 8 random bytes, adds them up in a global and in memory, writes 8, grows now and then; 300 steps. */
const stepsOf = (rounds: number) =>
  job(`(global $sum (mut i64) (i64.const 5)) (global $left (mut i32) (i32.const 300))
  (data (i32.const 100) "initial")
  (func $start (i64.store (i32.const 8) (i64.const 77))) (start $start)
  (func (export "step") (result i32) (local $spin i32) (local.set $spin (i32.const ${rounds}))
    (loop $again (br_if $again (local.tee $spin (i32.sub (local.get $spin) (i32.const 1)))))
    (call $random (i32.const 0) (i32.const 8))
    (global.set $sum (i64.add (global.get $sum) (i64.load (i32.const 0))))
    (i64.store (i32.const 8) (i64.xor (i64.load (i32.const 8)) (global.get $sum)))
    (i64.store (i32.const 100) (global.get $sum))
    (call $output_write (i32.const 8) (i32.const 8))
    (call $log (i32.const 0) (i32.const 8))
    (if (i32.eqz (i32.rem_u (global.get $left) (i32.const 50)))
      (then (i64.store (i32.mul (memory.grow (i32.const 1)) (i32.const 65536)) (global.get $sum))))
    (global.set $left (i32.sub (global.get $left) (i32.const 1)))
    (i32.ne (global.get $left) (i32.const 0)))`);
const STEPS = stepsOf(300_000);

describe('a job in steps', () => {
  it('is called until it returns 0, and each call costs 50', async () => {
    const module = job(`(global $left (mut i32) (i32.const 3)) (func (export "step") (result i32)
      (global.set $left (i32.sub (global.get $left) (i32.const 1))) (global.get $left))`);
    const failing = sandbox.run({ module });
    await expect(failing).rejects.toMatchObject({ code: 'JOB_FAILED', details: { status: 2, fuel: '56' } });
  });

  it('runs out of fuel between two steps', async () => {
    const module = job('(func (export "step") (result i32) (i32.const 1))');
    const run = sandbox.run({ module, limits: { fuel: 1_000n } });
    await expect(run).rejects.toMatchObject({ code: 'JOB_OUT_OF_FUEL', details: { fuel: '1000' } });
  });

  it('is known by its module', async () => {
    expect(await sandbox.prepare(STEPS)).toMatchObject({ isStepped: true });
    expect(await sandbox.prepare(job('(func (export "run"))'))).toMatchObject({ isStepped: false });
  });

  it('goes on from every snapshot to the same end', async () => {
    const snapshots: JobSnapshot[] = [];
    const input = new Uint8Array(20).fill(3);
    const seed = new Uint8Array(32).fill(8);
    const order = { module: STEPS, input, seed, checkpointFuel: 1n };
    const plain = await sandbox.run(order);
    const watched = await sandbox.run({
      ...order,
      snapshotSeconds: 1e-6,
      onSnapshot: (each) => snapshots.push(each),
    });
    expect(watched).toEqual(plain);
    expect(snapshots.length).toBeGreaterThan(0);
    const some = snapshots.filter((_each, at) => at % Math.ceil(snapshots.length / 6) === 0);
    for (const { bytes, fuel, state } of some) {
      expect(await sandbox.run({ ...order, resume: bytes })).toEqual(plain);
      expect(await sandbox.checkpoint(order, fuel)).toEqual({ fuel, state, hasEnded: false });
    }
  });

  it('that has much memory but uses little is a small snapshot', async () => {
    const module = job(
      `(func (export "step") (result i32)
        (i64.store (i32.const 60000000) (i64.add (i64.load (i32.const 60000000)) (i64.const 1)))
        (i64.lt_u (i64.load (i32.const 60000000)) (i64.const 1000000)))`,
      '1000 1000',
    );
    const snapshots: JobSnapshot[] = [];
    const plain = await sandbox.run({ module });
    await sandbox.run({ module, snapshotSeconds: 1e-3, onSnapshot: (each) => snapshots.push(each) });
    const { bytes } = snapshots[0] as JobSnapshot;
    expect(bytes.length).toBeLessThan(1_000);
    expect(await sandbox.run({ module, resume: bytes })).toEqual(plain);
  });

  it('is written down before it stands still between two steps', async () => {
    const gate = new PauseGate();
    // Its first step is heard of long before its last.
    const module = stepsOf(3_000_000);
    const order = { module, gate, snapshotSeconds: 1_000 };
    const controller = new AbortController();
    let taken: JobSnapshot | undefined;
    const run = sandbox.run({
      ...order,
      signal: controller.signal,
      onLog: () => gate.pause(),
      onSnapshot: (snapshot) => {
        taken = snapshot;
        controller.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'JOB_STOPPED' });
    gate.resume();
    expect(taken).toBeDefined();
    const moved = await sandbox.run({ module, resume: taken?.bytes });
    expect(moved).toEqual(await sandbox.run({ module }));
  });
});

describe('the gate refuses a job in steps', () => {
  const STEP = '(func (export "step") (result i32) (i32.const 0))';
  it.each([
    ['that sets a table', `(table 1 funcref) ${STEP} (func (table.set (i32.const 0) (ref.null func)))`],
    [
      'that fills a table',
      `(table 1 funcref) ${STEP} (func (table.fill (i32.const 0) (ref.null func) (i32.const 1)))`,
    ],
    [
      'that copies a table',
      `(table 1 funcref) ${STEP} (func (table.copy (i32.const 0) (i32.const 0) (i32.const 1)))`,
    ],
    [
      'that grows a table',
      `(table 1 funcref) ${STEP} (func (drop (table.grow (ref.null func) (i32.const 1))))`,
    ],
    [
      'that initialises a table',
      `(table 1 funcref) (elem func 0) ${STEP} (func (table.init 0 (i32.const 0) (i32.const 0) (i32.const 0)))`,
    ],
    ['that drops elements', `(elem func 0) ${STEP} (func (elem.drop 0))`],
    ['that drops data', `(data "a") ${STEP} (func (data.drop 0))`],
    ['with a mutable reference', `(global (mut funcref) (ref.null func)) ${STEP}`],
  ])('%s', async (_title, fields) => {
    await expect(sandbox.prepare(job(fields))).rejects.toMatchObject({ code: 'MODULE_STATE_HIDDEN' });
    const asRun = fields.replace('(func (export "step") (result i32)', '(func (export "run") (result i32)');
    await expect(sandbox.prepare(job(asRun))).resolves.toBeDefined();
  });

  it.each([
    ['with both entries', `${STEP} (func (export "run"))`, 'MODULE_EXPORT_REFUSED'],
    ['whose step returns nothing', '(func (export "step"))', 'MODULE_EXPORT_MISSING'],
    [
      'whose step takes something',
      '(func (export "step") (param i32) (result i32) (i32.const 0))',
      'MODULE_EXPORT_MISSING',
    ],
  ])('%s', async (_title, fields, code) => {
    await expect(sandbox.prepare(job(fields))).rejects.toMatchObject({
      code,
    });
  });

  it('but not one that reads a data segment', async () => {
    const fields = `(data "abc") (func (export "step") (result i32)
      (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 3)) (i32.const 0))`;
    await expect(sandbox.run({ module: job(fields) })).resolves.toBeDefined();
  });
});
