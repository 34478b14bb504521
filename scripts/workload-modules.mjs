// The WebAssembly module of each workload, compiled from its `assembly/index.ts`: `workloads/<name>/model` and the like hold
// data, `workloads/<name>/module/<name>.wasm` is what nodes run. And those that a node measures its machine with. Committed,
// so that renting needs no compiler.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { root } from './ensure-dependencies.mjs';

// Names in messages are relative to the root, so that the bytes do not depend on where the repository lies.
const FLAGS = [
  ['--baseDir', root],
  ['--use', 'abort=packages/sandbox/template/assembly/millrace/abort'],
  ['--optimizeLevel', '3'],
  ['--shrinkLevel', '0'],
  ['--maximumMemory', '256'],
].flat();

/** What is compiled from what, by paths from the root. */
function listModules() {
  const names = readdirSync(join(root, 'workloads')).sort();
  return [
    ...names.map((name) => [`workloads/${name}/assembly/index.ts`, `workloads/${name}/module/${name}.wasm`]),
    ...['integer', 'float'].map((name) => [`apps/node/assembly/${name}.ts`, `apps/node/module/${name}.wasm`]),
  ].filter(([source]) => existsSync(join(root, source)));
}

/** @returns {Promise<Map<string, Uint8Array>>} what each module should be, by its path from the root */
export async function compileWorkloads() {
  // Not by name: its types redefine the globals of whoever imports them.
  const { main: compile } = await import(import.meta.resolve('assemblyscript/asc'));
  const folder = mkdtempSync(join(tmpdir(), 'millrace-workloads-'));
  const modules = new Map();
  try {
    for (const [source, path] of listModules()) {
      const outFile = join(folder, basename(path));
      const { error, stderr } = await compile([source, ...FLAGS, '--outFile', outFile]);
      if (error) throw new Error(`${source}: ${stderr.toString()}`);
      modules.set(path, readFileSync(outFile));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return modules;
}

/** The paths of committed modules that are not what `modules` says. */
export function staleModules(modules) {
  return [...modules.keys()].filter((path) => {
    const file = join(root, path);
    return !existsSync(file) || Buffer.compare(readFileSync(file), modules.get(path)) !== 0;
  });
}

export function writeModules(modules) {
  for (const path of staleModules(modules)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), modules.get(path));
  }
}
