import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('./digest-programs.ts', import.meta.url));
const NODE = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx')];

/** V8's compiler that is quick to compile, and the one whose code is quick. */
const COMPILERS = [['--liftoff', '--no-wasm-tier-up'], ['--no-liftoff']];

it('two compilers of one engine agree on every result, trap and fuel', { timeout: 120_000 }, async () => {
  const digests = await Promise.all(
    COMPILERS.map(async (flags) => {
      const { stdout } = await promisify(execFile)(process.execPath, [...flags, ...NODE, PROGRAM]);
      return stdout;
    }),
  );
  expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(digests[1]).toBe(digests[0]);
});
