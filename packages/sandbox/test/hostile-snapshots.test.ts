import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { JOB_LIMITS, type JobSnapshot, openSandbox, type Sandbox, SandboxError } from '../src/index.ts';
import { digestJob } from '../src/snapshot/job-digest.ts';
import { HEAD_BYTES, readHead, type SnapshotHead, writeHead } from '../src/snapshot/snapshot-head.ts';
import { readState, type WrittenState, writeState } from '../src/snapshot/state-bytes.ts';
import { job } from './job.ts';
import { standsStill } from './stands-still.ts';

const CODE = `(global $left (mut i32) (i32.const 50)) (global $sum (mut i64) (i64.const 0))
  (func (export "step") (result i32) (local $spin i32) (local.set $spin (i32.const 2000000))
    (loop $again (br_if $again (local.tee $spin (i32.sub (local.get $spin) (i32.const 1)))))
    (call $random (i32.const 0) (i32.const 8))
    (global.set $sum (i64.add (global.get $sum) (i64.load (i32.const 0))))
    (call $output_write (i32.const 0) (i32.const 8))
    (global.set $left (i32.sub (global.get $left) (i32.const 1)))
    (i32.ne (global.get $left) (i32.const 0)))`;
const MODULE = job(CODE, '2 16');
const ORDER = { module: MODULE, limits: { memoryPages: 10, outputBytes: 400 }, checkpointFuel: 1n };

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

let sandbox: Sandbox;
let snapshot: JobSnapshot;
beforeAll(async () => {
  sandbox = await openSandbox({ threads: 1 });
  const taken: JobSnapshot[] = [];
  await sandbox.run({ ...ORDER, snapshotSeconds: 1e-3, onSnapshot: (each) => taken.push(each) });
  snapshot = taken.at(-1) as JobSnapshot;
});
afterAll(() => sandbox.close());

function resume(bytes: Uint8Array, more: object = {}): Promise<unknown> {
  return sandbox.run({ ...ORDER, resume: bytes, ...more });
}

/** Bytes that claim to be of this job, and are well compressed. */
function forge(
  change: (state: WrittenState) => Partial<WrittenState>,
  head: Partial<SnapshotHead> = {},
): Buffer {
  const state = readState(inflateSync(snapshot.bytes.subarray(HEAD_BYTES)));
  return seal(writeState({ ...state, ...change(state) }), head);
}

function seal(body: Uint8Array, head: Partial<SnapshotHead> = {}): Buffer {
  const own = writeHead({ ...readHead(snapshot.bytes), length: body.length, ...head });
  return Buffer.concat([own, deflateSync(body)]);
}

it('a snapshot that nobody touched is taken', async () => {
  await expect(resume(snapshot.bytes)).resolves.toEqual(await sandbox.run(ORDER));
  await expect(resume(forge(() => ({})))).resolves.toBeDefined();
});

describe('of another job', () => {
  it.each([
    ['input', { input: Uint8Array.of(1) }],
    ['seed', { seed: new Uint8Array(32).fill(1) }],
    ['fuel', { limits: { ...ORDER.limits, fuel: 7_000_000n } }],
    ['memory', { limits: { ...ORDER.limits, memoryPages: 11 } }],
    ['output', { limits: { ...ORDER.limits, outputBytes: 401 } }],
    ['log', { limits: { ...ORDER.limits, logBytes: 1 } }],
    ['profile', { profile: 'float' }],
    ['checkpoints', { checkpointFuel: 2n }],
    ['module', { module: job(`${CODE} (func)`, '2 16') }],
  ])('a snapshot is refused: %s', async (_title, more) => {
    const run = resume(snapshot.bytes, more);
    await expect(run).rejects.toMatchObject({ code: 'SNAPSHOT_FOREIGN', retryable: false });
  });
});

describe('a snapshot that was damaged', () => {
  it('anywhere is refused, or makes no difference', { timeout: 60_000 }, async () => {
    const { bytes } = snapshot;
    const plain = await sandbox.run(ORDER);
    const anyDamage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(anyDamage, async (damage) => {
        const damaged = Uint8Array.from(bytes);
        for (const [at, mask] of damage) damaged[at] = (damaged[at] as number) ^ mask;
        fc.pre(!Buffer.from(damaged).equals(bytes));
        const end = await resume(damaged).catch((caught: unknown) => caught);
        // Compressed data ends with up to seven bits that nobody reads.
        if (end instanceof SandboxError) expect(end.code).toMatch(/^SNAPSHOT_(INVALID|FOREIGN)$/);
        else expect(end).toEqual(plain);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 300) },
    );
  });

  it('by cutting it short, or by more bytes, is refused', async () => {
    const { bytes } = snapshot;
    const shorter = [0, 1, 4, 5, 50, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 1, bytes.length - 1];
    const all = [...shorter.map((length) => bytes.subarray(0, length)), Buffer.concat([bytes, Buffer.of(0)])];
    for (const each of all) await expect(resume(each)).rejects.toMatchObject({ code: 'SNAPSHOT_INVALID' });
  });
});

describe('a snapshot that was forged', () => {
  const page = new Uint8Array(65_536).fill(1);
  it.each<[string, () => Uint8Array, RegExp]>([
    ['with other memory', () => forge(() => ({ pages: new Map([[0, page]]) })), /not the one that it names/],
    ['with another global', () => forge(() => ({ globals: [1n, 1n] })), /not the one that it names/],
    ['with a global too many', () => forge(() => ({ globals: [1n, 1n, 1n] })), /not those of the module/],
    ['with random numbers of elsewhere', () => forge(() => ({ randomPosition: 3 })), /not the one that/],
    ['with less fuel spent', () => forge(() => ({}), { fuel: 1n }), /not the one that it names|out of order/],
    ['with more fuel spent than there is', () => forge(() => ({}), { fuel: 2n ** 63n }), /more fuel/],
    ['with less memory than the module has', () => forge(() => ({ pageCount: 1 })), /another size/],
    ['with more memory than was ordered', () => forge(() => ({ pageCount: 11 })), /another size/],
    ['with a page outside of memory', () => forge(() => ({ pages: new Map([[2, page]]) })), /out of order/],
    [
      'with pages out of order',
      () => {
        const pages = new Map([
          [1, page],
          [0, page],
        ]);
        return forge(() => ({ pages }));
      },
      /out of order/,
    ],
    [
      'with more output than was ordered',
      () => forge(() => ({ output: new Uint8Array(401) })),
      /longer than/,
    ],
    [
      'with checkpoints of the future',
      () => forge(() => ({ checkpoints: [{ fuel: 2n ** 62n, state: '00'.repeat(32) }] })),
      /checkpoints are out of order/,
    ],
    ['with a count that is no number', () => seal(new Uint8Array(60).fill(255)), /too large/],
    [
      'with a list that promises too much',
      () => seal(Buffer.concat([Buffer.alloc(16), Buffer.alloc(44, 255)])),
      /shorter than it says/,
    ],
    ['with less than it says', () => seal(new Uint8Array(60), { length: 61 }), /another length/],
    ['with more than it says', () => seal(new Uint8Array(6_000), { length: 60 }), /decompressed/],
    ['of a size that no job has', () => seal(new Uint8Array(60), { length: 2 ** 60 }), /larger than/],
    ['with nothing in it', () => seal(new Uint8Array(0)), /shorter than it says/],
  ])('%s is refused', async (_title, bytes, words) => {
    const error = await resume(bytes()).catch((caught: unknown) => caught as SandboxError);
    expect(error).toMatchObject({ code: 'SNAPSHOT_INVALID', fault: 'user' });
    expect((error as SandboxError).shortMessage).toMatch(words);
  });

  it('to grow a thousandfold is refused without growing, while the host goes on', async () => {
    const bomb = deflateSync(new Uint8Array(512 * 1024 * 1024), { level: 9 });
    const head = readHead(snapshot.bytes);
    const before = process.memoryUsage().rss;
    const refuse = async () => {
      for (const length of [2 ** 29, 600_000]) {
        const run = resume(Buffer.concat([writeHead({ ...head, length }), bomb]));
        await expect(run).rejects.toMatchObject({ code: 'SNAPSHOT_INVALID' });
      }
    };
    const { longest, tooLong } = await standsStill(refuse, 1_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    expect(longest).toBeLessThan(tooLong);
    await expect(sandbox.run(ORDER)).resolves.toBeDefined();
  });

  it('for a job that has no steps is refused', async () => {
    const module = job('(func (export "run"))', '2 16');
    const { hash, profile } = await sandbox.prepare(module);
    const limits = { ...JOB_LIMITS, ...ORDER.limits };
    const digest = digestJob(
      { hash, profile },
      { input: new Uint8Array(0), seed: new Uint8Array(32), limits },
      1n,
    );
    const run = resume(
      forge(() => ({ globals: [] }), { job: digest }),
      { module },
    );
    await expect(run).rejects.toThrow(/the job has no steps/);
  });
});
