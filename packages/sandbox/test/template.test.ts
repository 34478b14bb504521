import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSandbox, type Sandbox } from '../src/index.ts';

const TEMPLATE = fileURLToPath(new URL('../template/', import.meta.url));

type Compile = (args: string[]) => Promise<{ error: Error | null; stderr: { toString(): string } }>;
/** Not by name: its types redefine the globals of whoever imports them. */
const { main: compile } = (await import(import.meta.resolve('assemblyscript/asc'))) as { main: Compile };

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await openSandbox({ threads: 1 });
  folder = await mkdtemp(join(tmpdir(), 'millrace-template-'));
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

it('compiles to a job without floats that counts bytes', { timeout: 60_000 }, async () => {
  const outFile = join(folder, 'job.wasm');
  const args = [
    'assembly/index.ts',
    '--baseDir',
    TEMPLATE,
    '--target',
    'release',
    '--config',
    'asconfig.json',
  ];
  const { error, stderr } = await compile([...args, '--outFile', outFile]);
  expect(error, stderr.toString()).toBeNull();

  const lines: string[] = [];
  const { output } = await sandbox.run({
    module: await readFile(outFile),
    profile: 'integer',
    input: new TextEncoder().encode('ABBA'),
    onLog: (line) => lines.push(new TextDecoder().decode(line)),
  });
  expect(new TextDecoder().decode(output)).toBe('65 2\n66 2\n');
  expect(lines).toEqual(['counted 4 bytes']);
});
