import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TEMPLATE = fileURLToPath(new URL('../template/', import.meta.url));

type Compile = (args: string[]) => Promise<{ error: Error | null; stderr: { toString(): string } }>;
/** Not by name: its types redefine the globals of whoever imports them. */
const { main: compile } = (await import(import.meta.resolve('assemblyscript/asc'))) as { main: Compile };

/** The bytes of a job of the template, compiled as its author would. @param entry such as `assembly/index.ts` */
export async function compileTemplate(entry: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-template-'));
  try {
    const outFile = join(folder, 'job.wasm');
    const args = [entry, '--baseDir', TEMPLATE, '--target', 'release', '--config', 'asconfig.json'];
    const { error, stderr } = await compile([...args, '--outFile', outFile]);
    if (error) throw new Error(stderr.toString(), { cause: error });
    return await readFile(outFile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
