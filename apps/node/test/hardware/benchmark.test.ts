import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hardwareSchema } from '@millrace/protocol/wire';
import { expect, test } from 'vitest';

const program = fileURLToPath(import.meta.resolve('@millrace/node/program'));
const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, [
    ...['--conditions=@millrace/source', '--import', 'tsx', program, 'benchmark'],
    ...args,
  ]);

test('the program measures the machine, for people and for programs', { timeout: 180_000 }, async () => {
  const { stdout } = await run('--json', '--seconds', '1', '--threads', '1');
  const { hardware } = JSON.parse(stdout) as { hardware: unknown };
  expect(hardwareSchema.parse(hardware).fuelPerSecond.integer).toBeGreaterThan(30_000_000n);
  const text = await run('--seconds', '1', '--threads', '1', '--hourly', '250000000000000000');
  expect(text.stdout).toContain('Integer jobs: ');
  expect(text.stdout).toMatch(/Price: perFuelWad [1-9]\d*\n/);
  await expect(run('--threads', 'many')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('HARDWARE_OPTIONS_INVALID'),
  });
});
