import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ByteWriter } from '../src/binary/byte-writer.ts';
import { openSandbox, type Sandbox } from '../src/index.ts';
import { job } from './job.ts';
import { standsStill } from './stands-still.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ threads: 2 });
});
afterAll(() => sandbox.close());

const WELL = job('(func (export "run") (call $output_write (i32.const 0) (i32.const 1)))');
const PLENTY = { fuel: 2n ** 60n };

/** After every attack the sandbox does honest work. */
async function expectWell() {
  await expect(sandbox.run({ module: WELL })).resolves.toMatchObject({ output: new Uint8Array(1) });
}

describe('a stack bomb ends at the same call, time after time', () => {
  const locals = (type: string, count: number) => `(local ${Array(count).fill(type).join(' ')})`;
  const operands = (count: number) =>
    `(func $deep (param i32) (result i32) ${'(local.get 0) '.repeat(count)} (call $deep (local.get 0)) ${'i32.add '.repeat(count)})
     (func (export "run") (drop (call $deep (i32.const 1))))`;
  it.each([
    ['of small frames', '(func $deep (call $deep)) (func (export "run") (call $deep))'],
    [
      'with a result to wait for',
      '(func $deep (param i32) (result i32) (i32.add (local.get 0) (call $deep (i32.add (local.get 0) (i32.const 1))))) (func (export "run") (drop (call $deep (i32.const 1))))',
    ],
    [
      'of 1,900 locals',
      `(func $deep ${locals('i64', 1_900)} (local.set 7 (i64.const 1)) (call $deep)) (func (export "run") (call $deep))`,
    ],
    [
      'of 1,900 vectors',
      `(func $deep ${locals('v128', 1_900)} (call $deep)) (func (export "run") (call $deep))`,
    ],
    ['of 1,900 operands', operands(1_900)],
    [
      'of 400 parameters',
      `(func $deep (param ${'i64 '.repeat(400)}) (call $deep ${Array.from({ length: 400 }, (_, at) => `(i64.add (local.get ${at}) (i64.const ${at}))`).join('')})) (func (export "run") (call $deep ${'(i64.const 3)'.repeat(400)}))`,
    ],
    [
      'through a table',
      '(table 1 funcref) (elem (i32.const 0) $deep) (func $deep (call_indirect (i32.const 0))) (func (export "run") (call $deep))',
    ],
    [
      'by turns',
      '(func $even (param f64) (call $odd (i32.const 1))) (func $odd (param i32) (call $even (f64.const 1))) (func (export "run") (call $odd (i32.const 1)))',
    ],
  ])('%s', async (_title, fields) => {
    const module = job(fields);
    const ends: unknown[] = [];
    for (let time = 0; time < 3; time++) {
      const run = sandbox.run({ module, profile: 'float', limits: PLENTY });
      ends.push(await run.catch((error) => ({ code: error.code, fuel: error.details?.fuel })));
    }
    expect(ends[0]).toMatchObject({ code: 'JOB_STACK_LIMIT' });
    expect(ends).toEqual([ends[0], ends[0], ends[0]]);
    await expectWell();
  });

  it('but a recursion of 10,000 calls is none', async () => {
    const module =
      job(`(func $down (param i32) (if (local.get 0) (then (call $down (i32.sub (local.get 0) (i32.const 1))))))
      (func (export "run") (call $down (i32.const 10000)))`);
    await expect(sandbox.run({ module })).resolves.toBeDefined();
  });
});

describe('a bomb of memory', () => {
  it('that declares 4 GiB is refused', async () => {
    const run = sandbox.run({ module: job('(func (export "run"))', '1 65536') });
    await expect(run).rejects.toMatchObject({ code: 'MODULE_TOO_LARGE', details: { what: 'memory pages' } });
  });

  it('that grows page by page ends at its limit', async () => {
    const module = job(
      '(func (export "run") (loop $more (drop (memory.grow (i32.const 1))) (br $more)))',
      '1 16384',
    );
    const run = sandbox.run({ module, limits: { memoryPages: 200 } });
    await expect(run).rejects.toMatchObject({ code: 'JOB_MEMORY_LIMIT' });
  });

  it('that fills and fills pays for every byte', async () => {
    const module = job(`(func (export "run")
      (loop $more (memory.fill (i32.const 0) (i32.const 1) (i32.const 65536)) (br $more)))`);
    const start = performance.now();
    await expect(sandbox.run({ module, limits: { fuel: 10n ** 8n } })).rejects.toMatchObject({
      code: 'JOB_OUT_OF_FUEL',
    });
    // A machine would take minutes to fill what is not paid for.
    expect(performance.now() - start).toBeLessThan(30_000);
  });

  it('of tables is refused, or pays', async () => {
    const large = job('(table 4000000000 funcref) (func (export "run"))');
    await expect(sandbox.run({ module: large })).rejects.toMatchObject({ code: 'MODULE_TOO_LARGE' });
    const growing = job(`(table 1 funcref) (func (export "run") (result i32)
      (i32.add (table.grow (ref.null func) (i32.const 200000)) (i32.const 1)))`);
    await expect(sandbox.run({ module: growing })).resolves.toMatchObject({ fuel: 200_015n });
  });

  it('in what it writes, logs and reports is bounded', async () => {
    const flood = (call: string) => job(`(func (export "run") (loop $more ${call} (br $more)))`);
    const written = sandbox.run({ module: flood('(call $output_write (i32.const 0) (i32.const 65536))') });
    await expect(written).rejects.toMatchObject({ code: 'JOB_OUTPUT_LIMIT' });
    let heard = 0;
    const onLog = (line: Uint8Array) => {
      heard += line.length + 1;
    };
    const logged = sandbox.run({
      module: flood('(call $log (i32.const 0) (i32.const 9))'),
      onLog,
      limits: { fuel: 10n ** 8n },
    });
    await expect(logged).rejects.toMatchObject({ code: 'JOB_OUT_OF_FUEL' });
    expect(heard).toBeLessThanOrEqual(1024 * 1024);
    let reports = 0;
    const onProgress = () => {
      reports++;
    };
    const module = flood('(call $progress (i32.const 1))');
    const start = performance.now();
    await sandbox.run({ module, onProgress, limits: { fuel: 10n ** 8n } }).catch(() => {});
    // Of two million, one in 50 ms.
    expect(reports).toBeLessThan(200 + (performance.now() - start) / 50);
    await expectWell();
  });
});

describe('a module made to be hard to read', () => {
  const HEADER = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  const section = (id: number, content: ByteWriter) => new ByteWriter().byte(id).sized(content.done()).done();

  /** `run` and a memory, and what `code` says of its body. */
  function raw(bodies: Uint8Array[], functions = bodies.length): Uint8Array {
    const types = new ByteWriter().u32(1).byte(0x60, 0, 0);
    const indices = new ByteWriter().u32(functions);
    for (let left = functions; left > 0; left--) indices.u32(0);
    const exports = new ByteWriter().u32(2).name('memory').byte(2, 0).name('run').byte(0, 0);
    const code = new ByteWriter().u32(bodies.length);
    for (const body of bodies) code.sized(body);
    const memory = new ByteWriter().byte(1, 1, 1, 1);
    const parts = [
      section(1, types),
      section(3, indices),
      section(5, memory),
      section(7, exports),
      section(10, code),
    ];
    return Buffer.concat([HEADER, ...parts]);
  }
  const body = (...code: (number | number[])[]) => Uint8Array.from([0, ...code.flat(), 0x0b]);
  const many = (count: number, ...code: number[]) => Array<number[]>(count).fill(code).flat();

  it('by 100,000 functions is refused', async () => {
    const run = sandbox.run({ module: raw(Array(100_000).fill(body())) });
    await expect(run).rejects.toMatchObject({ code: 'MODULE_TOO_LARGE', details: { what: 'functions' } });
  });

  it('by 20,000 functions is run', async () => {
    await expect(
      sandbox.run({ module: raw(Array(20_000).fill(body(0x41, 1, 0x1a))) }),
    ).resolves.toBeDefined();
  });

  it.each([
    ['100,000 nested blocks', raw([body(many(100_000, 0x02, 0x40), many(100_000, 0x0b))]), 'nested blocks'],
    [
      '4 billion locals',
      raw([Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x7f, 0x0b)]),
      'locals in a function',
    ],
    ['100,000 operands', raw([body(many(100_000, 0x41, 1), 0x00)]), 'values on the stack'],
    ['a function of a megabyte', raw([body(many(1_000_000, 0x01))]), 'bytes in a function'],
    ['17 MiB', new Uint8Array(17 * 1024 * 1024), 'bytes'],
    [
      'a branch with 100,000 targets',
      raw([body(0x41, 0, 0x0e, 0xa0, 0x8d, 0x06, many(100_001, 0))]),
      'targets of a branch',
    ],
  ])('by %s is refused', async (_title, module, what) => {
    await expect(sandbox.run({ module })).rejects.toMatchObject({
      code: 'MODULE_TOO_LARGE',
      details: { what },
    });
  });

  it('by vectors that promise more than there is, is refused at once', async () => {
    const module = Buffer.concat([HEADER, section(1, new ByteWriter().u32(9_000).byte(0x60))]);
    await expect(sandbox.run({ module })).rejects.toMatchObject({ code: 'MODULE_MALFORMED' });
  });

  it('by 15 MiB of data is run while the host goes on', async () => {
    const segments = new ByteWriter().u32(940);
    for (let left = 940; left > 0; left--)
      segments.byte(0, 0x41, 0, 0x0b).sized(new Uint8Array(16_384).fill(left));
    const module = Buffer.concat([raw([body()]), section(11, segments)]);
    const run = async () => {
      await expect(sandbox.run({ module })).resolves.toBeDefined();
    };
    const { longest, tooLong } = await standsStill(run, 500);
    expect(longest).toBeLessThan(tooLong);
    await expectWell();
  });

  it('by 4 MiB of calls is prepared, or refused in time, while the host goes on', {
    timeout: 60_000,
  }, async () => {
    const calls = body(many(230_000, 0x10, 0x00));
    const module = raw(Array(9).fill(calls));
    const run = async () => {
      const end = await sandbox.run({ module }).catch((error) => error.code);
      // 1.15 million units for each call: the fuel ends before the stack.
      expect(['JOB_OUT_OF_FUEL', 'HOST_COMPILE_TIME']).toContain(end);
    };
    const { longest, tooLong } = await standsStill(run, 500);
    expect(longest).toBeLessThan(tooLong);
    await expectWell();
  });

  it('by data outside of its memory traps', async () => {
    const module = job('(data (i32.const 65535) "ab") (func (export "run"))');
    await expect(sandbox.run({ module })).rejects.toMatchObject({ code: 'JOB_TRAPPED' });
  });

  it('by a start function that never ends, runs out of fuel', async () => {
    const module = job('(func $start (loop $more (br $more))) (start $start) (func (export "run"))');
    const run = sandbox.run({ module, limits: { fuel: 1_000n } });
    await expect(run).rejects.toMatchObject({ code: 'JOB_OUT_OF_FUEL', details: { fuel: '1000' } });
  });

  it('by names of the sandbox is refused, and cannot reach what is counted', async () => {
    const named = job('(global (export "millrace:fuel") (mut i64) (i64.const 0)) (func (export "run"))');
    await expect(sandbox.run({ module: named })).rejects.toMatchObject({ code: 'MODULE_EXPORT_REFUSED' });
    const reaching = raw([body(0x42, 0, 0x24, 0x00)]);
    await expect(sandbox.run({ module: reaching })).rejects.toMatchObject({ code: 'MODULE_INVALID' });
    const calling = raw([body(0x41, 0, 0x10, 0x01, 0x1a)]);
    await expect(sandbox.run({ module: calling })).rejects.toMatchObject({ code: 'MODULE_INVALID' });
  });
});
