import loadWabt from 'wabt';

const wabt = await loadWabt();

const IMPORTS = `(import "millrace" "input_length" (func $input_length (result i32)))
  (import "millrace" "input_read" (func $input_read (param i32 i32 i32) (result i32)))
  (import "millrace" "output_write" (func $output_write (param i32 i32)))
  (import "millrace" "progress" (func $progress (param i32)))
  (import "millrace" "log" (func $log (param i32 i32)))
  (memory (export "memory") 4 4)`;

function compile(body: string): Uint8Array {
  return Uint8Array.from(wabt.parseWat('job.wat', `(module ${IMPORTS} ${body})`, {}).toBinary({}).buffer);
}

/** Does nothing. */
export const NOTHING = compile('(func (export "run"))');
/** Its result is its input. */
export const ECHO = compile(`(func (export "run") (local $length i32)
  (local.set $length (call $input_read (i32.const 0) (i32.const 0) (call $input_length)))
  (call $output_write (i32.const 0) (local.get $length)))`);
/** Fails. */
export const TRAP = compile('(func (export "run") unreachable)');
/** Works for ever, and never calls. */
export const ENDLESS = compile('(func (export "run") (loop $again (br $again)))');
/** Works for ever, and tells. */
export const CALLING = compile(`(global $n (mut i32) (i32.const 0))
  (func (export "run") (local $spin i32)
    (loop $more
      (local.set $spin (i32.const 100000))
      (loop $again (br_if $again (local.tee $spin (i32.sub (local.get $spin) (i32.const 1)))))
      (global.set $n (i32.add (global.get $n) (i32.const 1)))
      (call $progress (global.get $n))
      (br $more)))`);
/** Fifty steps; writes and logs a byte in each. */
const fiftySteps = (spins: number) =>
  compile(`(global $left (mut i32) (i32.const 50))
  (func (export "step") (result i32) (local $spin i32)
    (local.set $spin (i32.const ${spins}))
    (loop $again (br_if $again (local.tee $spin (i32.sub (local.get $spin) (i32.const 1)))))
    (i32.store8 (i32.const 0) (global.get $left))
    (call $output_write (i32.const 0) (i32.const 1))
    (call $log (i32.const 0) (i32.const 1))
    (global.set $left (i32.sub (global.get $left) (i32.const 1)))
    (i32.ne (global.get $left) (i32.const 0)))`);
/** Of some milliseconds each: a thousand million units of fuel together. */
export const STEPS = fiftySteps(4_000_000);
/** Four times as long. */
export const SLOW_STEPS = fiftySteps(16_000_000);
/** Writes 100,000 bytes. */
export const LARGE = compile(`(func (export "run") (local $left i32) (local.set $left (i32.const 100))
  (loop $more
    (call $output_write (i32.const 0) (i32.const 1000))
    (br_if $more (local.tee $left (i32.sub (local.get $left) (i32.const 1))))))`);
/** A hundred steps of some fifty milliseconds; writes a byte in each. */
export const LONG_STEPS = compile(`(global $left (mut i32) (i32.const 100))
  (func (export "step") (result i32) (local $spin i32)
    (local.set $spin (i32.const 40000000))
    (loop $again (br_if $again (local.tee $spin (i32.sub (local.get $spin) (i32.const 1)))))
    (i32.store8 (i32.const 0) (global.get $left))
    (call $output_write (i32.const 0) (i32.const 1))
    (global.set $left (i32.sub (global.get $left) (i32.const 1)))
    (i32.ne (global.get $left) (i32.const 0)))`);
/** Steps of some milliseconds for ever, and never a word. */
export const SILENT_STEPS = compile(`(func (export "step") (result i32) (local $spin i32)
  (local.set $spin (i32.const 1000000))
  (loop $again (br_if $again (local.tee $spin (i32.sub (local.get $spin) (i32.const 1)))))
  (i32.const 1))`);
/** Writes 40,000,000 bytes, 200,000 at once. */
export const FLOOD = compile(`(func (export "run") (local $left i32) (local.set $left (i32.const 200))
  (loop $more
    (call $output_write (i32.const 0) (i32.const 200000))
    (br_if $more (local.tee $left (i32.sub (local.get $left) (i32.const 1))))))`);
