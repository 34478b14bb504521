import fc from 'fast-check';
import { expect, it } from 'vitest';
import { engine } from '../../src/engine/web-assembly.ts';
import { jobPolicy } from '../../src/gate/policy.ts';
import { prepareModule } from '../../src/gate/prepare-module.ts';
import { SandboxError } from '../../src/sandbox-error.ts';
import { compileText } from '../specification/text-to-binary.ts';
import { writeProgram } from './write-program.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 300) * 20;
const POLICY = { ...jobPolicy('float'), shape: 'any', imports: {} } as const;

const tape = (seed: number) => Array.from({ length: 100 }, (_, at) => (seed * 7_919 + at * at * 31) % 9_973);
const MODULES = Array.from({ length: 12 }, (_, seed) =>
  compileText(writeProgram(tape(seed), { hasFloats: true, isReference: false })),
);

const damage = fc.record({
  base: fc.nat(MODULES.length - 1),
  bytes: fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(255)), { minLength: 1, maxLength: 3 }),
  cut: fc.option(fc.nat(1_000_000), { freq: 10 }),
});

it('the gate calls valid what the engine calls valid, and nothing else than its errors comes out', {
  timeout: 600_000,
}, () => {
  let accepted = 0;
  fc.assert(
    fc.property(damage, ({ base, bytes, cut }) => {
      const whole = MODULES[base] as Uint8Array;
      const module = whole.slice(0, cut === null ? whole.length : cut % whole.length);
      for (const [at, value] of bytes) module[at % Math.max(1, module.length)] = value;
      try {
        const instrumented = prepareModule(module, POLICY);
        accepted++;
        expect(engine.validate(module)).toBe(true);
        expect(engine.validate(instrumented)).toBe(true);
      } catch (error) {
        if (!(error instanceof SandboxError)) throw error;
      }
    }),
    { numRuns: RUNS },
  );
  // One in 150, by chance: far fewer, and what is taken was hardly tried.
  expect(accepted).toBeGreaterThan(RUNS / 1_000);
});
