import { type Exports, engine, type GlobalCell } from '../../src/engine/web-assembly.ts';
import { MODULE_LIMITS } from '../../src/gate/module-limits.ts';
import type { Policy } from '../../src/gate/policy.ts';
import { prepareModule } from '../../src/gate/prepare-module.ts';
import { RESERVED } from '../../src/gate/reserved-names.ts';
import type { HostFunction } from '../../src/job/job-imports.ts';
import { F32, F64, I32, I64, type ValueType } from '../../src/module/types.ts';

export const FUEL = 2n ** 60n;

const host = (...params: ValueType[]): HostFunction => ({ type: { params, results: [] }, paysLength: false });

/** Valid modules of any shape, with what the suite prints with. */
export const SUITE_POLICY: Policy = {
  profile: 'float',
  limits: MODULE_LIMITS,
  shape: 'any',
  // The thread of a test has a sixteenth of a job's stack.
  stackWords: 16 * 1024,
  imports: {
    ...{ 'spectest.print': host(), 'spectest.print_i32': host(I32), 'spectest.print_i64': host(I64) },
    ...{ 'spectest.print_f32': host(F32), 'spectest.print_f64': host(F64) },
    ...{ 'spectest.print_i32_f32': host(I32, F32), 'spectest.print_f64_f64': host(F64, F64) },
  },
};

const printed = new Proxy({}, { get: () => () => {} });

/** @throws what the engine throws */
export function instantiatePlain(bytes: Uint8Array): Exports {
  return new engine.Instance(new engine.Module(bytes), { spectest: printed }).exports;
}

/** @throws SandboxError when the gate refuses, otherwise what the engine throws */
export function instantiateInstrumented(bytes: Uint8Array): Exports {
  const module = new engine.Module(prepareModule(bytes, SUITE_POLICY));
  const { exports } = new engine.Instance(module, { spectest: printed });
  refill(exports);
  (exports[RESERVED.start] as (() => void) | undefined)?.();
  return exports;
}

/** As before each job: full of fuel, the stack empty. */
export function refill(exports: Exports): void {
  (exports[RESERVED.fuel] as GlobalCell).value = FUEL;
  (exports[RESERVED.stack] as GlobalCell).value = 0;
  (exports[RESERVED.memoryLimit] as GlobalCell).value = 65_536n;
}

export function counter(exports: Exports, name: string): bigint {
  return BigInt((exports[name] as GlobalCell).value);
}
