import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { engine } from '../../src/engine/web-assembly.ts';
import { prepareModule } from '../../src/gate/prepare-module.ts';
import { Meter } from '../../src/scan/meter.ts';
import { compileText } from '../specification/text-to-binary.ts';
import { floatPolicy, fuelLeft, integerPolicy, observe, startInstrumented } from './observe.ts';
import { writeProgram } from './write-program.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 300);
const FUEL = 2n ** 60n;
const tapes = fc.array(fc.nat(10_000), { minLength: 20, maxLength: 400 });

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

        const instrumented = prepareModule(compileText(text), hasFloats ? floatPolicy() : integerPolicy());
        const fuels = [1, 2].map(() => {
          const exports = startInstrumented(instrumented, FUEL);
          expect(observe(exports, hasFloats)).toBe(expected);
          return fuelLeft(exports);
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
        floatPolicy(),
      );
      const [first, second] = [1, 2].map(() => {
        const exports = startInstrumented(instrumented, BigInt(fuel));
        return [observe(exports, true), fuelLeft(exports)];
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
        prepareModule(bytes, integerPolicy()),
        withoutMerging(() => prepareModule(bytes, integerPolicy())),
      ].map((instrumented) => {
        const exports = startInstrumented(instrumented, FUEL);
        const hasTrapped = /unreachable|divi|remainder|bounds|signature/.test(observe(exports, false));
        return hasTrapped ? undefined : fuelLeft(exports);
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
