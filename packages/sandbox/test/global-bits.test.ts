import { expect, it } from 'vitest';
import { compileJob, jobOf, runInterrupted } from './interrupted-run.ts';
import { job } from './job.ts';

/** Each step writes what the globals hold, then changes them; the floats are signalling NaNs that the job made itself. */
const MODULE = job(`
  (global $left (mut i32) (i32.const 4)) (global $i64 (mut i64) (i64.const -2))
  (global $f32 (mut f32) (f32.const nan:0x200001)) (global $f64 (mut f64) (f64.const nan:0x4000000000001))
  (global $v128 (mut v128) (v128.const i64x2 -1 5)) (global $fixed f64 (f64.const -0))
  (data (i32.const 100) "\\02\\00\\a0\\ff" "\\03\\00\\00\\00\\00\\00\\f4\\ff")
  (func (export "step") (result i32)
    (f32.store (i32.const 0) (global.get $f32)) (f64.store (i32.const 8) (global.get $f64))
    (v128.store (i32.const 16) (global.get $v128)) (i64.store (i32.const 32) (global.get $i64))
    (call $output_write (i32.const 0) (i32.const 40))
    (global.set $f32 (f32.load (i32.const 100))) (global.set $f64 (f64.load (i32.const 104)))
    (i32.store (i32.const 100) (i32.add (i32.load (i32.const 100)) (i32.const 1)))
    (global.set $v128 (i64x2.add (global.get $v128) (global.get $v128)))
    (global.set $i64 (i64.mul (global.get $i64) (i64.const 0x7fffffffffff)))
    (global.set $left (i32.sub (global.get $left) (i32.const 1)))
    (i32.ne (global.get $left) (i32.const 0)))`);

it('every bit of every global comes through a snapshot', () => {
  const module = compileJob(MODULE);
  const order = jobOf(new Uint8Array(0), new Uint8Array(32));
  const plain = runInterrupted(module, order, []);
  const output = Buffer.from(plain.output, 'latin1');
  expect([0, 40, 80].map((at) => output.readUInt32LE(at).toString(16))).toEqual([
    '7fa00001',
    'ffa00002',
    'ffa00003',
  ]);
  expect([8, 48].map((at) => output.readBigUInt64LE(at).toString(16))).toEqual([
    '7ff4000000000001',
    'fff4000000000003',
  ]);
  expect(runInterrupted(module, order, [1, 1, 1])).toEqual(plain);
});
