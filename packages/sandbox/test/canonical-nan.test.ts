import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSandbox, type Sandbox } from '../src/index.ts';
import { job } from './job.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ threads: 1 });
});
afterAll(() => sandbox.close());

/** 0 / 0 by values that no compiler knows: on x64 the bits are 0xffc00000, on arm64 0x7fc00000. */
const NAN32 = '(f32.div (f32.load (i32.const 512)) (f32.load (i32.const 512)))';
const NAN64 = '(f64.div (f64.load (i32.const 512)) (f64.load (i32.const 512)))';
const ONE_32 = '0000c07f';
const ONE_64 = '000000000000f87f';

async function output(code: string, length: number, fields = ''): Promise<string> {
  const module = job(
    `${fields} (func (export "run") (local $l f64) ${code} (call $output_write (i32.const 0) (i32.const ${length})))`,
  );
  const result = await sandbox.run({ module, profile: 'float' });
  return Buffer.from(result.output).toString('hex');
}

it.each([
  ['a store', `(f32.store (i32.const 0) ${NAN32})`, ONE_32],
  ['a wide store', `(f64.store (i32.const 0) ${NAN64})`, ONE_64],
  ['its bits', `(i32.store (i32.const 0) (i32.reinterpret_f32 ${NAN32}))`, ONE_32],
  ['its wide bits', `(i64.store (i32.const 0) (i64.reinterpret_f64 ${NAN64}))`, ONE_64],
  ['the sign of a number', `(f32.store (i32.const 0) (f32.copysign (f32.const 2) ${NAN32}))`, '00000040'],
  [
    'the sign of a wide number',
    `(f64.store (i32.const 0) (f64.copysign (f64.const 2) ${NAN64}))`,
    '0000000000000040',
  ],
  ['a local', `(local.set $l ${NAN64}) (f64.store (i32.const 0) (local.get $l))`, ONE_64],
  ['a local left on the stack', `(i32.const 0) (local.tee $l ${NAN64}) (f64.store)`, ONE_64],
  [
    'a local of an earlier round',
    `(loop $again (f64.store (i32.const 0) (local.get $l)) (local.set $l ${NAN64})
      (br_if $again (f64.eq (f64.load (i32.const 0)) (f64.const 0))))`,
    ONE_64,
  ],
  ['a choice', `(f32.store (i32.const 0) (select ${NAN32} (f32.const 1) (i32.const 1)))`, ONE_32],
  ['a block', `(f64.store (i32.const 0) (block (result f64) ${NAN64}))`, ONE_64],
  ['a branch', `(f64.store (i32.const 0) (block $out (result f64) (br $out ${NAN64})))`, ONE_64],
  ['a call', '(f64.store (i32.const 0) (call $nan))', ONE_64],
  ['a parameter', `(call $keep ${NAN64})`, ONE_64],
  ['a global', `(global.set $g ${NAN64}) (f64.store (i32.const 0) (global.get $g))`, ONE_64],
  ['a sign turned', `(f64.store (i32.const 0) (f64.neg ${NAN64}))`, ONE_64],
  ['a narrowed number', `(f32.store (i32.const 0) (f32.demote_f64 ${NAN64}))`, ONE_32],
  ['a rounded number', `(f64.store (i32.const 0) (f64.sqrt (f64.const -1)))`, ONE_64],
])('a NaN is the one NaN when it leaves by %s', async (_title, code, expected) => {
  const fields = `(global $g (mut f64) (f64.const 0))
    (func $nan (result f64) ${NAN64})
    (func $keep (param f64) (f64.store (i32.const 0) (local.get 0)))`;
  expect(await output(code, expected.length / 2, fields)).toBe(expected);
});

it('bits that the job wrote itself stay as they are', async () => {
  const code = `(i64.store (i32.const 8) (i64.const 0xfff4000000000001))
    (local.set $l (f64.load (i32.const 8))) (f64.store (i32.const 0) (local.get $l))`;
  expect(await output(code, 8)).toBe('010000000000f4ff');
});

it.each([
  ['an instruction', '(func (export "run") (drop (f32.add (f32.const 1) (f32.const 2))))'],
  ['a constant', '(func (export "run") (drop (f64.const 1)))'],
  ['a local', '(func (export "run") (local f32))'],
  ['a parameter', '(func (param f64)) (func (export "run"))'],
  ['a global', '(global f32 (f32.const 0)) (func (export "run"))'],
  ['a load', '(func (export "run") (drop (f64.load (i32.const 0))))'],
  ['a block', '(func (export "run") (drop (block (result f32) (unreachable))))'],
])('the integer profile refuses floats in %s', async (_title, fields) => {
  const run = sandbox.run({ module: job(fields) });
  await expect(run).rejects.toMatchObject({ code: 'MODULE_FEATURE_REFUSED', details: { feature: 'floats' } });
});

it('vectors of integers are let through, vectors of floats are not', async () => {
  const store = (vector: string) => `(v128.store (i32.const 0) ${vector})`;
  const integers = store('(i32x4.mul (i32x4.splat (i32.const 3)) (v128.const i32x4 1 2 3 4))');
  expect(await output(integers, 16)).toBe('0300000006000000090000000c000000');
  const floats = output(store('(f32x4.splat (f32.const 1))'), 16);
  await expect(floats).rejects.toMatchObject({ details: { feature: 'vectors of floats' } });
});
