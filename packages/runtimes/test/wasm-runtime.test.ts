import { createReceiptTree, isBelowRoot, parseJobSpec } from '@millrace/protocol/compute';
import { openSandbox } from '@millrace/sandbox';
import { type Hex, zeroHash } from 'viem';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import loadWabt from 'wabt';
import {
  createWasmRuntime,
  type JobRuntime,
  PauseGate,
  type RuntimeTask,
  type Snapshot,
} from '../src/index.ts';

const wabt = await loadWabt();
const wat = (text: string) => wabt.parseWat('test.wat', text, {}).toBinary({}).buffer;

const IMPORTS = `(import "millrace" "input_length" (func $input_length (result i32)))
  (import "millrace" "input_read" (func $input_read (param i32 i32 i32) (result i32)))
  (import "millrace" "output_write" (func $output_write (param i32 i32)))
  (import "millrace" "random" (func $random (param i32 i32)))
  (memory (export "memory") 1 4)`;
const ECHO = wat(`(module ${IMPORTS} (func (export "run") (local $length i32)
  (local.set $length (call $input_read (i32.const 0) (i32.const 0) (call $input_length)))
  (call $output_write (i32.const 0) (local.get $length))))`);
/** 40 steps of three million rounds: each mixes random bytes into memory and writes 8. */
const STEPS = wat(`(module ${IMPORTS} (global $left (mut i32) (i32.const 40))
  (func (export "step") (result i32) (local $spin i32) (local.set $spin (i32.const 3000000))
    (loop $again (br_if $again (local.tee $spin (i32.sub (local.get $spin) (i32.const 1)))))
    (call $random (i32.const 0) (i32.const 8))
    (i64.store (i32.const 8) (i64.mul (i64.load (i32.const 0)) (i64.add (i64.load (i32.const 8)) (i64.const 1))))
    (call $output_write (i32.const 8) (i32.const 8))
    (global.set $left (i32.sub (global.get $left) (i32.const 1)))
    (i32.ne (global.get $left) (i32.const 0))))`);

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

let wasm: JobRuntime;
beforeAll(() => {
  wasm = createWasmRuntime({ threads: 1 });
});
afterAll(() => wasm.close());

const MODULE = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku';

function task(module: Uint8Array, more: Partial<RuntimeTask> = {}, terms: object = {}): RuntimeTask {
  const spec = parseJobSpec({
    version: 1,
    module: MODULE,
    fuel: 10n ** 10n,
    needs: { priceCap: 1n },
    ...terms,
  });
  const { signal } = new AbortController();
  return { spec, module, inputs: [], gate: new PauseGate(), signal, listener: {}, ...more };
}

describe('the runtime of WebAssembly', () => {
  it('is available, and promises results that are the same everywhere', async () => {
    expect(await wasm.availability()).toEqual({ available: true });
    expect(wasm).toMatchObject({ runtime: 'wasm', tiers: ['deterministic'], canResume: true });
  });

  it('joins the inputs in their order, and tells the output as it grows', async () => {
    const inputs = ['to', '', 'gether'].map((text) => new TextEncoder().encode(text));
    const heard: unknown[] = [];
    const { output, checkpoints, fuel } = await wasm.run(
      task(ECHO, { inputs, listener: { onOutput: (bytes, place) => heard.push([bytes.length, place]) } }),
    );
    expect(new TextDecoder().decode(output)).toBe('together');
    expect(checkpoints).toBe(zeroHash);
    expect(heard).toEqual([[8, { fuel, offset: 0 }]]);
  });

  it.each([
    ['fuel', { fuel: 20n }, 'JOB_OUT_OF_FUEL'],
    ['memory', { memoryPages: 0 }, 'JOB_MEMORY_LIMIT'],
    ['output', { outputBytes: 7 }, 'JOB_OUTPUT_LIMIT'],
  ])('keeps to the %s of the job', async (_title, terms, code) => {
    const run = wasm.run(task(ECHO, { inputs: [new Uint8Array(8)] }, terms));
    await expect(run).rejects.toMatchObject({ code });
  });

  it('keeps to the time of the job', async () => {
    const endless = wat(`(module ${IMPORTS} (func (export "run") (loop $again (br $again))))`);
    const run = wasm.run(task(endless, {}, { timeMilliseconds: 100, fuel: 2n ** 60n }));
    await expect(run).rejects.toMatchObject({ code: 'JOB_TIME_LIMIT' });
  });

  it.each([
    ['in steps', '(func (export "step") (result i32) (call $spin) (i32.const 1))'],
    ['that only draws numbers', '(func (export "run") (loop $more (call $spin) (call $draw) (br $more)))'],
  ])('tells what a job %s has spent, though it says nothing', async (_which, body) => {
    const spin = `(func $spin (local $n i32) (local.set $n (i32.const 1000000))
      (loop $again (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
      (func $draw (call $random (i32.const 0) (i32.const 8)))`;
    const told: bigint[] = [];
    const stop = new AbortController();
    const listener = {
      onSpent: ({ fuel }: { fuel: bigint }) => {
        told.push(fuel);
        if (told.length === 5) stop.abort();
      },
    };
    const order = { listener, signal: stop.signal, snapshotSeconds: 100 };
    const run = wasm.run(task(wat(`(module ${IMPORTS} ${spin} ${body})`), order, { fuel: 2n ** 60n }));
    await expect(run).rejects.toMatchObject({ code: 'JOB_STOPPED' });
    expect(told[0]).toBeGreaterThan(1_000_000n);
    expect(told).toEqual(told.toSorted((a, b) => Number(a - b)));
  });

  it('refuses floats in the profile of integers', async () => {
    const floats = wat(`(module ${IMPORTS} (func (export "run") (drop (f32.const 1))))`);
    await expect(wasm.run(task(floats))).rejects.toMatchObject({ code: 'MODULE_FEATURE_REFUSED' });
    await expect(wasm.run(task(floats, {}, { profile: 'float' }))).resolves.toBeDefined();
  });

  it('goes on from a snapshot, elsewhere, to the same result', async () => {
    const seed: Hex = `0x${'5e'.repeat(32)}`;
    const plain = await wasm.run(task(STEPS, {}, { seed }));
    const snapshots: Snapshot[] = [];
    const listener = { onSnapshot: (each: Snapshot) => snapshots.push(each) };
    await wasm.run(task(STEPS, { listener, snapshotSeconds: 1e-3 }, { seed }));
    const resume = snapshots.at(-1);
    expect(resume?.state).toMatch(/^0x[0-9a-f]{64}$/);
    const elsewhere = createWasmRuntime({ threads: 1 });
    expect(await elsewhere.run(task(STEPS, { resume }, { seed }))).toEqual(plain);
    await elsewhere.close();
    await expect(wasm.run(task(STEPS, { resume }))).rejects.toMatchObject({ code: 'SNAPSHOT_FOREIGN' });
    // What was spent before is not paid again: nobody may say that it was more.
    const { bytes, fuel } = resume as Snapshot;
    expect(await wasm.run(task(STEPS, { resume: { bytes, fuel } }, { seed }))).toEqual(plain);
    const more = { bytes, fuel: fuel + 1n };
    await expect(wasm.run(task(STEPS, { resume: more }, { seed }))).rejects.toMatchObject({
      code: 'SNAPSHOT_INVALID',
      details: { actual: `${fuel}` },
    });
  });

  it('names its states by a root below which each can be shown', async () => {
    const terms = { fuel: 10n ** 10n, memoryPages: 4 };
    // 4 million rounds of 4 are the least between two checkpoints; this one has none.
    expect((await wasm.run(task(STEPS, {}, terms))).checkpoints).toBe(zeroHash);
    const long = wat(`(module ${IMPORTS} (global $left (mut i32) (i32.const 3))
      (func (export "step") (result i32) (local $spin i32) (local.set $spin (i32.const 202000000))
        (loop $again (br_if $again (local.tee $spin (i32.sub (local.get $spin) (i32.const 1)))))
        (global.set $left (i32.sub (global.get $left) (i32.const 1))) (i32.ne (global.get $left) (i32.const 0))))`);
    const { checkpoints: root } = await wasm.run(task(long, {}, terms));
    await using sandbox = await openSandbox({ threads: 1 });
    const job = { module: long, limits: terms };
    const { checkpoints } = await sandbox.run(job);
    expect(checkpoints.map(({ fuel }) => fuel / 10n ** 8n)).toEqual([10n, 20n]);
    const tree = createReceiptTree(checkpoints.map(({ state }): Hex => `0x${state}`));
    for (const [at, { fuel }] of checkpoints.entries()) {
      const { state } = await sandbox.checkpoint(job, fuel);
      expect(isBelowRoot(root, `0x${state}`, tree.proof(at))).toBe(true);
    }
  });

  it('ends what runs when it is closed', async () => {
    const closing = createWasmRuntime({ threads: 1 });
    const endless = wat(`(module ${IMPORTS} (func (export "run") (loop $again (br $again))))`);
    const run = closing.run(task(endless, {}, { fuel: 2n ** 60n }));
    run.catch(() => {});
    await closing.availability();
    await closing.close();
    await expect(run).rejects.toMatchObject({ code: 'HOST_CLOSED' });
  });
});
