import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, vi } from 'vitest';

// Real work, on machines that may have other things to do.
vi.setConfig({ testTimeout: 120_000 });

const PROGRAM = fileURLToPath(new URL('../../../examples/compute/risk.ts', import.meta.url));

/** What the example prints. */
async function run(...args: string[]): Promise<string> {
  const flags = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx')];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, PROGRAM, ...args]);
  return stdout;
}

it('says the same for any number of pieces', async () => {
  const [alone, apart] = [await run('1', '20000'), await run('5', '20000')];
  expect(apart).toContain('in 5 pieces');
  expect(alone).toMatch(/value at risk +95 %: \$\d/);
  expect(apart.replace('in 5 pieces', 'in 1 pieces')).toBe(alone);
});
