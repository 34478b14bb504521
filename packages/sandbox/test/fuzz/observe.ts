import { type Exports, engine, type GlobalCell, type Memory } from '../../src/engine/web-assembly.ts';
import { MODULE_LIMITS } from '../../src/gate/module-limits.ts';
import type { Policy } from '../../src/gate/policy.ts';
import { RESERVED } from '../../src/gate/reserved-names.ts';

const FUNCTIONS = ['f0', 'f1', 'f2', 'f3'];

const POLICY: Policy = {
  profile: 'float',
  limits: MODULE_LIMITS,
  imports: {},
  shape: 'any',
  stackWords: 16 * 1024,
};

export function floatPolicy(): Policy {
  return POLICY;
}

export function integerPolicy(): Policy {
  return { ...POLICY, profile: 'integer' };
}

/** What can be seen of a random program after its functions were called: results, traps, globals, memory. */
export function observe(exports: Exports, hasFloats: boolean): string {
  const seen: unknown[] = [];
  for (const name of FUNCTIONS) {
    try {
      const call = exports[name] as (...args: unknown[]) => bigint;
      seen.push(hasFloats ? call(-3, 12_345_678_901n, 1.5, -2.25) : call(-3, 12_345_678_901n, 9, -4n));
    } catch (error) {
      if (!(error instanceof engine.RuntimeError)) throw error;
      seen.push(error.message);
    }
  }
  for (const type of ['i32', 'i64', 'f32', 'f64']) {
    seen.push((exports[`g_${type}`] as GlobalCell | undefined)?.value);
  }
  seen.push(Buffer.from((exports.memory as Memory).buffer).toString('base64'));
  return seen.map(String).join('\n');
}

export function startInstrumented(bytes: Uint8Array, fuel: bigint): Exports {
  const { exports } = new engine.Instance(new engine.Module(bytes), {});
  (exports[RESERVED.fuel] as GlobalCell).value = fuel;
  (exports[RESERVED.memoryLimit] as GlobalCell).value = 2n;
  return exports;
}

export function fuelLeft(exports: Exports): bigint {
  return (exports[RESERVED.fuel] as GlobalCell).value as bigint;
}
