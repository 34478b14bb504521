import { createCipheriv } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSandbox, type Sandbox } from '../src/index.ts';
import { job } from './job.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ threads: 2 });
});
afterAll(() => sandbox.close());

const ECHO = job(`(func (export "run") (result i32) (local $length i32)
  (local.set $length (call $input_read (i32.const 64) (i32.const 0) (call $input_length)))
  (call $log (i32.const 64) (local.get $length))
  (call $progress (i32.const 500000))
  (call $output_write (i32.const 64) (local.get $length))
  (i32.const 0))`);

const ENDLESS = job('(func (export "run") (loop $again (br $again)))');

describe('a job', () => {
  it('reads its input, writes its result, logs and says how far it is', async () => {
    const heard: unknown[] = [];
    const { output, fuel, memoryPages } = await sandbox.run({
      module: ECHO,
      input: new TextEncoder().encode('grüezi'),
      onLog: (line) => heard.push(new TextDecoder().decode(line)),
      onProgress: (millionths) => heard.push(millionths),
    });
    expect(new TextDecoder().decode(output)).toBe('grüezi');
    expect(heard).toEqual(['grüezi', 500_000]);
    expect(memoryPages).toBe(1);
    // 2 to enter with one local, 34 for the instructions, 50 for each of five calls to the host.
    expect(fuel).toBe(286n);
  });

  it('draws the random bytes of its seed', async () => {
    const module = job(`(func (export "run")
      (call $random (i32.const 0) (i32.const 5000)) (call $output_write (i32.const 0) (i32.const 5000)))`);
    const seed = new Uint8Array(32).fill(9);
    const { output } = await sandbox.run({ module, seed });
    const expected = createCipheriv('chacha20', seed, new Uint8Array(16)).update(new Uint8Array(5_000));
    expect(Buffer.from(output).equals(expected)).toBe(true);
  });

  it('finds no state that another job left', async () => {
    const module = job(`(func (export "run") (result i32)
      (i32.load (i32.const 0)) (i32.store (i32.const 0) (i32.const 1)))`);
    for (let time = 0; time < 4; time++) await expect(sandbox.run({ module })).resolves.toBeDefined();
  });
});

describe('a limit', () => {
  it('of fuel ends the job, having spent all of it', async () => {
    const run = sandbox.run({ module: ENDLESS, limits: { fuel: 12_345n } });
    await expect(run).rejects.toMatchObject({
      code: 'JOB_OUT_OF_FUEL',
      fault: 'user',
      details: { fuel: '12345' },
    });
  });

  it('of memory ends the job', async () => {
    const module = job('(func (export "run") (drop (memory.grow (i32.const 4))))');
    await expect(sandbox.run({ module, limits: { memoryPages: 5 } })).resolves.toMatchObject({
      memoryPages: 5,
    });
    const run = sandbox.run({ module, limits: { memoryPages: 4 } });
    await expect(run).rejects.toMatchObject({ code: 'JOB_MEMORY_LIMIT', details: { allowedPages: 4 } });
  });

  it('of memory ends a job that begins with more', async () => {
    const module = job('(func (export "run"))', '6 16');
    await expect(sandbox.run({ module, limits: { memoryPages: 5 } })).rejects.toMatchObject({
      code: 'JOB_MEMORY_LIMIT',
    });
  });

  it('declared by the module is seen by the module', async () => {
    const module = job(
      '(func (export "run") (result i32) (i32.add (memory.grow (i32.const 16)) (i32.const 1)))',
    );
    await expect(sandbox.run({ module })).resolves.toMatchObject({ memoryPages: 1 });
  });

  it('of time ends the job and leaves the sandbox at work', async () => {
    const run = sandbox.run({ module: ENDLESS, limits: { fuel: 2n ** 60n }, seconds: 0.2 });
    await expect(run).rejects.toMatchObject({ code: 'JOB_TIME_LIMIT', retryable: true });
    await expect(sandbox.run({ module: ECHO })).resolves.toBeDefined();
  });

  it('of output ends the job', async () => {
    const run = sandbox.run({ module: ECHO, input: new Uint8Array(100), limits: { outputBytes: 99 } });
    await expect(run).rejects.toMatchObject({ code: 'JOB_OUTPUT_LIMIT' });
  });

  it('of the log is not noticed by the job', async () => {
    const lines: Uint8Array[] = [];
    const listen = { limits: { logBytes: 50 }, onLog: (line: Uint8Array) => lines.push(line) };
    const quiet = await sandbox.run({ module: ECHO, input: new Uint8Array(50), ...listen });
    const { fuel } = await sandbox.run({ module: ECHO, input: new Uint8Array(50) });
    expect([lines.length, quiet.fuel]).toEqual([0, fuel]);
  });
});

it.each([
  ['a short seed', { seed: new Uint8Array(31) }],
  ['less than no fuel', { limits: { fuel: -1n } }],
  ['more fuel than can be counted', { limits: { fuel: 2n ** 61n } }],
  ['half a page', { limits: { memoryPages: 0.5 } }],
  ['no time', { seconds: 0 }],
])('a job with %s is not run', async (_title, wrong) => {
  await expect(sandbox.run({ module: ECHO, ...wrong })).rejects.toMatchObject({
    code: 'JOB_INPUT_INVALID',
    fault: 'user',
  });
});

it('a job may be given a year', async () => {
  await expect(sandbox.run({ module: ECHO, seconds: 365 * 86_400 })).resolves.toBeDefined();
});

describe('an end', () => {
  it.each([
    ['unreachable', 'unreachable'],
    ['(drop (i32.div_s (i32.const 1) (i32.const 0)))', 'integer divide by zero'],
    ['(drop (i32.rem_u (i32.const 1) (i32.const 0)))', 'integer divide by zero'],
    ['(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))', 'integer overflow'],
    ['(drop (i32.load (i32.const -4)))', 'out of bounds memory access'],
    ['(memory.fill (i32.const 65536) (i32.const 0) (i32.const 1))', 'out of bounds memory access'],
    ['(call $output_write (i32.const 65530) (i32.const 7))', 'out of bounds memory access'],
    ['(call_indirect (i32.const 9))', 'out of bounds table access'],
    ['(call_indirect (i32.const 0))', 'indirect call'],
  ])('by the trap %s has its reason', async (code, reason) => {
    const run = sandbox.run({ module: job(`(table 1 funcref) (func (export "run") ${code})`) });
    await expect(run).rejects.toMatchObject({ code: 'JOB_TRAPPED', details: { reason } });
  });

  it('by a number other than 0 is a failure', async () => {
    const run = sandbox.run({ module: job('(func (export "run") (result i32) (i32.const 3))') });
    await expect(run).rejects.toMatchObject({ code: 'JOB_FAILED', details: { status: 3 } });
  });

  it('by a signal frees the thread', async () => {
    const controller = new AbortController();
    const endless = { module: ENDLESS, limits: { fuel: 2n ** 60n }, signal: controller.signal };
    const runs = [1, 2, 3].map(() => sandbox.run(endless));
    setTimeout(() => controller.abort(), 100);
    for (const run of runs) await expect(run).rejects.toMatchObject({ code: 'JOB_STOPPED' });
    await expect(sandbox.run({ module: ECHO })).resolves.toBeDefined();
  });

  it('by closing is told to everybody who waits', async () => {
    const closing = await openSandbox({ threads: 1 });
    const runs = [1, 2, 3].map(() => closing.run({ module: ENDLESS, limits: { fuel: 2n ** 60n } }));
    const ends = Promise.allSettled(runs);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await closing.close();
    for (const end of await ends) expect(end).toMatchObject({ reason: { code: 'HOST_CLOSED' } });
    await expect(closing.run({ module: ECHO })).rejects.toMatchObject({ code: 'HOST_CLOSED' });
  });
});

describe('a checkpoint', () => {
  const COUNT = job(`(global $sum (mut i64) (i64.const 0))
    (func (export "run") (loop $again
      (global.set $sum (i64.add (global.get $sum) (i64.const 3)))
      (br_if $again (i64.lt_u (global.get $sum) (i64.const 3000)))))`);

  it('is the same for the same job and fuel, and differs when fuel differs', async () => {
    const [first, again, later] = await Promise.all(
      [500n, 500n, 600n].map((fuel) => sandbox.checkpoint({ module: COUNT }, fuel)),
    );
    expect(first).toEqual(again);
    expect(first).toMatchObject({ hasEnded: false, fuel: 500n });
    expect(later?.state).not.toBe(first?.state);
  });

  it('behind the end is the end', async () => {
    const { fuel } = await sandbox.run({ module: COUNT });
    const last = await sandbox.checkpoint({ module: COUNT }, fuel);
    expect(last).toMatchObject({ hasEnded: true, fuel });
    expect(await sandbox.checkpoint({ module: COUNT }, fuel * 2n)).toEqual(last);
    expect(await sandbox.checkpoint({ module: COUNT }, fuel - 1n)).toMatchObject({ hasEnded: false });
  });
});
