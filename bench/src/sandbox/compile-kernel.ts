import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main as compile } from 'assemblyscript/asc';

const FOLDER = fileURLToPath(new URL('./assembly/', import.meta.url));

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
