import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, vi } from 'vitest';

// Real work, on machines that may have other things to do.
vi.setConfig({ testTimeout: 120_000 });

const PROGRAM = fileURLToPath(new URL('../../../examples/compute/voice.ts', import.meta.url));

/** What the example prints. */
async function run(...args: string[]): Promise<string> {
  const flags = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx')];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, PROGRAM, ...args]);
  return stdout;
}

it('finds the speech in the recording that comes with it', async () => {
  expect(await run()).toMatch(/^speech from 0\.\d\d s to 2\.\d\d s\n.* of 2\.99 s are speech/);
});
