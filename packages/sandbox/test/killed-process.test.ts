import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileTemplate } from './compile-template.ts';

const PROGRAM = fileURLToPath(new URL('./run-to-file.ts', import.meta.url));
const NODE = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx')];
/** Each process compiles in another way, as other machines would. */
const COMPILERS = [['--liftoff', '--no-wasm-tier-up'], ['--no-liftoff'], []];
/** Some seconds of work: however fast the machine, it is not over before the third snapshot is told. */
const POINTS = '20000000';
const MOST_PROCESSES = 12;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-killed-'));
  await writeFile(join(folder, 'job.wasm'), await compileTemplate('assembly/in-steps.ts'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Lines that the process printed; it is killed when it has told of so many snapshots. */
async function start(file: string, flags: readonly string[], snapshots: number): Promise<string[]> {
  const args = [...flags, ...NODE, PROGRAM, join(folder, 'job.wasm'), join(folder, file), POINTS];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (lines.push(line) === snapshots && line.startsWith('snapshot')) child.kill('SIGKILL');
  }
  return lines;
}

it('a job whose process is killed again and again ends as if nothing had been', {
  timeout: 300_000,
}, async () => {
  const [plain] = (await start('plain', [], Number.POSITIVE_INFINITY)).slice(-1);
  expect(plain).toMatch(/^end \d+ millionths \d+ \d+ [0-9a-f]{64}$/);
  const ends: string[] = [];
  let killed = 0;
  for (; ends.length === 0 && killed < MOST_PROCESSES; killed++) {
    const flags = COMPILERS[killed % COMPILERS.length] as string[];
    const lines = await start('killed', flags, killed < 3 ? 3 : Number.POSITIVE_INFINITY);
    ends.push(...lines.filter((line) => line.startsWith('end')));
  }
  expect(killed).toBeGreaterThan(2);
  expect(ends).toEqual([plain]);
});
