import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { CompiledModule } from '../../src/engine/web-assembly.ts';
import { compileTestJob } from '../compile-template.ts';
import { compileJob, jobOf, runInterrupted } from '../interrupted-run.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 60);

let wander: CompiledModule;
beforeAll(async () => {
  wander = compileJob(await compileTestJob('test/assembly/wander.ts'));
}, 60_000);

it('a job is the same, wherever it is interrupted', { timeout: 600_000 }, () => {
  const anyBytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const anyStops = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 8 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), anyBytes, anyStops, (steps, seed, stops) => {
      const job = jobOf(Uint8Array.of(steps), seed);
      const plain = runInterrupted(wander, job, []);
      expect(runInterrupted(wander, job, stops)).toEqual(plain);
      expect(plain.pieces).toBe(plain.output);
      expect(plain.log.length).toBeGreaterThan(Math.min(steps, 40) - 1);
    }),
    { numRuns: RUNS },
  );
});

it('a job is the same when it is interrupted after every step', { timeout: 60_000 }, () => {
  const job = jobOf(Uint8Array.of(60), new Uint8Array(32).fill(1));
  const everywhere = Array.from({ length: 100 }, () => 1);
  const plain = runInterrupted(wander, job, []);
  expect(runInterrupted(wander, job, everywhere)).toEqual(plain);
  expect(plain.checkpoints.length).toBeGreaterThan(0);
});
