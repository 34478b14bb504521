import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('./assembly/', import.meta.url));

type Compile = (args: string[]) => Promise<{ error: Error | null; stderr: { toString(): string } }>;
/** Not by name: its types redefine the globals of whoever imports them. */
const { main: compile } = (await import(import.meta.resolve('assemblyscript/asc'))) as { main: Compile };

/** The module of a kernel, optimised as an author would. */
export async function compileKernel(name: string): Promise<Uint8Array> {
  const out = mkdtempSync(join(tmpdir(), 'millrace-kernel-'));
  try {
    const outFile = join(out, 'kernel.wasm');
    const flags = [
      '--optimizeLevel',
      '3',
      '--runtime',
      'stub',
      '--maximumMemory',
      '256',
      '--use',
      'abort=host/abort',
    ];
    const { error, stderr } = await compile([
      `${name}.ts`,
      '--baseDir',
      FOLDER,
      ...flags,
      '--outFile',
      outFile,
    ]);
    if (error) throw new Error(`${name}: ${stderr.toString()}`);
    return readFileSync(outFile);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
