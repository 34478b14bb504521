import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, vi } from 'vitest';

// Real work, on machines that may have other things to do.
vi.setConfig({ testTimeout: 120_000 });

const PROGRAM = fileURLToPath(new URL('../../../examples/compute/digits.ts', import.meta.url));

/** What the example prints. */
async function run(...args: string[]): Promise<string> {
  const flags = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx')];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, PROGRAM, ...args]);
  return stdout;
}

it('reads the digits', async () => {
  expect(await run('logits')).toMatch(/19\d of 200 digits are right/);
});
