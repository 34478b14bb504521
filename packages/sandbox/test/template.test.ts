import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSandbox, type Sandbox } from '../src/index.ts';
import { compileTemplate } from './compile-template.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ threads: 1 });
});
afterAll(() => sandbox.close());

it('compiles to a job without floats that counts bytes', { timeout: 60_000 }, async () => {
  const lines: string[] = [];
  const { output } = await sandbox.run({
    module: await compileTemplate('assembly/index.ts'),
    profile: 'integer',
    input: new TextEncoder().encode('ABBA'),
    onLog: (line) => lines.push(new TextDecoder().decode(line)),
  });
  expect(new TextDecoder().decode(output)).toBe('65 2\n66 2\n');
  expect(lines).toEqual(['counted 4 bytes']);
});

it('has a job in steps that finds pi', { timeout: 60_000 }, async () => {
  const points = 3_000_000;
  const input = new Uint8Array(8);
  new DataView(input.buffer).setBigUint64(0, BigInt(points), true);
  const module = await compileTemplate('assembly/in-steps.ts');
  const { output } = await sandbox.run({ module, profile: 'integer', input });
  const found = Number.parseInt(new TextDecoder().decode(output), 10) / 1e6;
  // Six times the standard error of that many points.
  expect(Math.abs(found - Math.PI)).toBeLessThan(6 * Math.sqrt((Math.PI * (4 - Math.PI)) / points));
});
