import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TEMPLATE = fileURLToPath(new URL('../template/', import.meta.url));

type Compile = (args: string[]) => Promise<{ error: Error | null; stderr: { toString(): string } }>;
/** Not by name: its types redefine the globals of whoever imports them. */
const { main: compile } = (await import(import.meta.resolve('assemblyscript/asc'))) as { main: Compile };

/** The bytes of a job of the template, compiled as its author would. @param entry such as `assembly/index.ts` */
export function compileTemplate(entry: string): Promise<Uint8Array> {
  return compileWith([entry, '--baseDir', TEMPLATE, '--target', 'release', '--config', 'asconfig.json']);
}

/** The bytes of a job of the tests, which uses the template's library. @param entry such as `test/assembly/wander.ts` */
export function compileTestJob(entry: string): Promise<Uint8Array> {
  const options = ['-O3', '--maximumMemory', '256', '--use', 'abort=template/assembly/millrace/abort'];
  return compileWith([entry, '--baseDir', join(TEMPLATE, '..'), ...options]);
}

async function compileWith(args: string[]): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-template-'));
  try {
    const outFile = join(folder, 'job.wasm');
    const { error, stderr } = await compile([...args, '--outFile', outFile]);
    if (error) throw new Error(stderr.toString(), { cause: error });
    return await readFile(outFile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
