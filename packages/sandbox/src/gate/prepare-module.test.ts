import { describe, expect, it } from 'vitest';
import { compileText } from '../../test/specification/text-to-binary.ts';
import { engine } from '../engine/web-assembly.ts';
import type { SandboxError } from '../sandbox-error.ts';
import { jobPolicy } from './policy.ts';
import { prepareModule } from './prepare-module.ts';

const JOB = '(memory (export "memory") 1 2) (func (export "run"))';

function refusal(fields: string): SandboxError['code'] | string | undefined {
  try {
    prepareModule(compileText(`(module ${fields})`), jobPolicy('float'));
    return undefined;
  } catch (error) {
    const { code, details } = error as SandboxError;
    return details?.feature ? `${details.feature}` : code;
  }
}

describe('the gate', () => {
  it('lets a job through, the same bytes each time', () => {
    const module = compileText(`(module ${JOB})`);
    const [first, second] = [prepareModule(module), prepareModule(module)];
    expect(first).toEqual(second);
    expect(engine.validate(first)).toBe(true);
  });

  it.each([
    [
      'a memory without a maximum',
      '(memory (export "memory") 1) (func (export "run"))',
      'MODULE_MEMORY_UNBOUNDED',
    ],
    ['no memory', '(func (export "run"))', 'MODULE_EXPORT_MISSING'],
    ['a memory that is not exported', '(memory 1 2) (func (export "run"))', 'MODULE_EXPORT_MISSING'],
    ['no run', '(memory (export "memory") 1 2)', 'MODULE_EXPORT_MISSING'],
    [
      'a run that takes something',
      '(memory (export "memory") 1 2) (func (export "run") (param i32))',
      'MODULE_EXPORT_MISSING',
    ],
    [
      'a run that is a global',
      '(memory (export "memory") 1 2) (global (export "run") i32 (i32.const 1))',
      'MODULE_EXPORT_MISSING',
    ],
    ['a clock', `(import "env" "now" (func (result f64))) ${JOB}`, 'MODULE_IMPORT_REFUSED'],
    [
      'a known name of another module',
      `(import "env" "log" (func (param i32 i32))) ${JOB}`,
      'MODULE_IMPORT_REFUSED',
    ],
    [
      'a known name with another type',
      `(import "millrace" "log" (func (param i32))) ${JOB}`,
      'MODULE_IMPORT_REFUSED',
    ],
    ['a name that every object has', `(import "millrace" "toString" (func)) ${JOB}`, 'MODULE_IMPORT_REFUSED'],
    [
      'an imported memory',
      '(import "millrace" "memory" (memory 1 2)) (func (export "run"))',
      'MODULE_IMPORT_REFUSED',
    ],
    ['an imported global', `(import "millrace" "g" (global i32)) ${JOB}`, 'MODULE_IMPORT_REFUSED'],
  ])('refuses %s', (_title, fields, code) => {
    expect(refusal(fields)).toBe(code);
  });

  it.each([
    ['threads', '(memory (export "memory") 1 2 shared) (func (export "run"))'],
    ['threads', `${JOB} (func (drop (i32.atomic.load (i32.const 0))))`],
    ['relaxed SIMD', `${JOB} (func (param v128) (drop (i8x16.relaxed_swizzle (local.get 0) (local.get 0))))`],
    ['vectors of floats', `${JOB} (func (param v128) (drop (f64x2.add (local.get 0) (local.get 0))))`],
    ['tail calls', `${JOB} (func $f (return_call $f))`],
    ['exceptions', `${JOB} (tag)`],
    ['memory64', '(memory (export "memory") i64 1 2) (func (export "run"))'],
    ['several memories', `${JOB} (memory 1 2)`],
    ['extended constant expressions', `${JOB} (global i32 (i32.add (i32.const 1) (i32.const 1)))`],
  ])('names the feature: %s', (feature, fields) => {
    expect(refusal(fields)).toBe(feature);
  });
});
