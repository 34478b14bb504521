// Which files the generated code is made from, and a hash of them.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './ensure-dependencies.mjs';

const COMPILER_AND_LIBRARIES = ['solc', '@openzeppelin/contracts', 'solady'];
const DEFINITION = /^(?:abstract )?(?:contract|interface|library) (\w+)/gm;

/** Every definition under contracts/src, sorted by name: `{ name, path, kind }`. */
export function listSources() {
  const found = sourcePaths().flatMap((path) =>
    [...read(path).matchAll(DEFINITION)].map(([text, name]) => ({
      name,
      path,
      kind: text.slice(0, -name.length).trim(),
    })),
  );
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Changes when anything changes that the generated files depend on. */
export function hashInputs() {
  const paths = [...sourcePaths(), 'foundry.toml', 'scripts/render-contracts.mjs', 'scripts/solc.mjs'];
  const files = new Map(paths.map((path) => [path, read(path)]));
  const require = createRequire(import.meta.url);
  for (const name of COMPILER_AND_LIBRARIES) files.set(name, require(`${name}/package.json`).version);
  return hashFiles(files);
}

/** @param {Map<string, string>} files text by name */
export function hashFiles(files) {
  const hash = createHash('sha256');
  for (const [name, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(JSON.stringify([name, text]));
  }
  return hash.digest('hex');
}

function sourcePaths() {
  const names = readdirSync(join(root, 'contracts/src'), { recursive: true });
  const solidity = names.filter((name) => name.endsWith('.sol'));
  return solidity.map((name) => `contracts/src/${name.replaceAll('\\', '/')}`).sort();
}

function read(path) {
  return readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n');
}
