import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { type Exports, engine, type GlobalCell, type Memory } from '../../src/engine/web-assembly.ts';
import { MODULE_LIMITS } from '../../src/gate/module-limits.ts';
import type { Policy } from '../../src/gate/policy.ts';
import { prepareModule } from '../../src/gate/prepare-module.ts';
import { RESERVED } from '../../src/gate/reserved-names.ts';
import { Meter } from '../../src/scan/meter.ts';
import { compileText } from '../specification/text-to-binary.ts';
import { writeProgram } from './write-program.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 300);
const FUEL = 2n ** 60n;
const CALLS = [0, 1, 2, 3].map((index) => `f${index}`);

const tapes = fc.array(fc.nat(10_000), { minLength: 20, maxLength: 400 });

function policy(hasFloats: boolean): Policy {
  const profile = hasFloats ? 'float' : 'integer';
  return { profile, limits: MODULE_LIMITS, imports: {}, shape: 'any', stackWords: 16 * 1024 };
}

/** What can be seen of a module after its functions were called: results, traps, globals, memory. */
function observe(exports: Exports, hasFloats: boolean): string {
  const seen: unknown[] = [];
  for (const name of CALLS) {
    try {
      const call = exports[name] as (...args: unknown[]) => bigint;
      seen.push(hasFloats ? call(-3, 12_345_678_901n, 1.5, -2.25) : call(-3, 12_345_678_901n, 9, -4n));
    } catch (error) {
      if (!(error instanceof engine.RuntimeError)) throw error;
      seen.push(error.message);
    }
  }
  for (const type of ['i32', 'i64', 'f32', 'f64'])
    seen.push((exports[`g_${type}`] as GlobalCell | undefined)?.value);
  seen.push(Buffer.from((exports.memory as Memory).buffer).toString('base64'));
  return seen.map(String).join('\n');
}

function start(bytes: Uint8Array, fuel: bigint): Exports {
  const { exports } = new engine.Instance(new engine.Module(bytes), {});
  (exports[RESERVED.fuel] as GlobalCell).value = fuel;
  (exports[RESERVED.memoryLimit] as GlobalCell).value = 2n;
  return exports;
}

it.each([
  ['integers', false],
  ['floats, whose NaNs are all canonical', true],
])(
  'random programs of %s do the same instrumented, and cost the same each time',
  { timeout: 600_000 },
  (_title, hasFloats) => {
    fc.assert(
      fc.property(tapes, (tape) => {
        const text = writeProgram(tape, { hasFloats, isReference: false });
        const reference = hasFloats ? writeProgram(tape, { hasFloats, isReference: true }) : text;
        const plain = new engine.Instance(new engine.Module(compileText(reference)), {}).exports;
        const expected = observe(plain, hasFloats);

        const instrumented = prepareModule(compileText(text), policy(hasFloats));
        const fuels = [1, 2].map(() => {
          const exports = start(instrumented, FUEL);
          expect(observe(exports, hasFloats)).toBe(expected);
          return (exports[RESERVED.fuel] as GlobalCell).value;
        });
        expect(fuels[0]).toBe(fuels[1]);
        expect(fuels[0]).toBeLessThan(FUEL);
      }),
      { numRuns: RUNS },
    );
  },
);

it('random programs stop at the same state when fuel runs out', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(tapes, fc.nat(2_000), (tape, fuel) => {
      const instrumented = prepareModule(
        compileText(writeProgram(tape, { hasFloats: true, isReference: false })),
        policy(true),
      );
      const [first, second] = [1, 2].map(() => {
        const exports = start(instrumented, BigInt(fuel));
        return [observe(exports, true), (exports[RESERVED.fuel] as GlobalCell).value];
      });
      expect(first).toEqual(second);
    }),
    { numRuns: Math.ceil(RUNS / 3) },
  );
});

it('few charges cost what many would: each instruction that runs is paid for once', {
  timeout: 600_000,
}, () => {
  let compared = 0;
  fc.assert(
    fc.property(tapes, (tape) => {
      const bytes = compileText(writeProgram(tape, { hasFloats: false, isReference: false }));
      const spent = [
        prepareModule(bytes, policy(false)),
        withoutMerging(() => prepareModule(bytes, policy(false))),
      ].map((instrumented) => {
        const exports = start(instrumented, FUEL);
        const hasTrapped = /unreachable|divi|remainder|bounds|signature/.test(observe(exports, false));
        return hasTrapped ? undefined : (exports[RESERVED.fuel] as GlobalCell).value;
      });
      expect(spent[0]).toBe(spent[1]);
      if (spent[0] !== undefined) compared++;
    }),
    { numRuns: RUNS },
  );
  expect(compared).toBeGreaterThan(RUNS / 10);
});

/** Charges at the beginning and behind the end of every block, and at the head of every loop. */
function withoutMerging<T>(prepare: () => T): T {
  const end = vi.spyOn(Meter.prototype, 'end').mockImplementation(function (
    this: Meter,
    _frame,
    _frames,
    at,
  ) {
    this.begin(at);
  });
  const finish = vi.spyOn(Meter.prototype, 'finish').mockImplementation(() => {});
  try {
    return prepare();
  } finally {
    end.mockRestore();
    finish.mockRestore();
  }
}
