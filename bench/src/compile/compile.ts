import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCache, sha256, writeCache } from './cache.ts';
import { loadSolc, versionOf } from './npm-package.ts';
import { CODE, keepCode, type Solc, type SolcContracts, type SolcStorage, STORAGE } from './solc.ts';

const PACKAGES = fileURLToPath(new URL('../../../node_modules/', import.meta.url));

/** Sources, and how to compile them. */
export type Compilation = {
  /** What to call it while people wait. */
  title: string;
  /** The package of the compiler. */
  solc: string;
  /** What the names of sources are relative to; imports are also looked for among the installed packages. */
  folder: string;
  entries: readonly string[];
  settings: Readonly<Record<string, unknown>>;
};

/** Compiles once, and then again when the compiler, the settings or any source has changed. */
export function compile(compilation: Compilation): SolcContracts {
  return compileFor(compilation, CODE, (contracts) => keepCode(contracts as SolcContracts));
}

/** Where contracts keep their variables, without their code. */
export function compileStorage(compilation: Compilation): SolcContracts<SolcStorage> {
  return compileFor(compilation, STORAGE, (contracts) => contracts as SolcContracts<SolcStorage>);
}

function compileFor<T>(
  { title, solc, folder, entries, settings }: Compilation,
  output: readonly string[],
  keep: (contracts: unknown) => SolcContracts<T>,
): SolcContracts<T> {
  const read = (name: string) =>
    [join(folder, name), join(PACKAGES, name)]
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, 'utf8'))[0];
  const sources = Object.fromEntries(entries.map((name) => [name, { content: read(name) }]));
  const outputSelection = { '*': { '*': output } };
  const input = JSON.stringify({ language: 'Solidity', sources, settings: { ...settings, outputSelection } });
  const version = versionOf(solc);
  const key = sha256(version + input);
  const known = readCache(key, read);
  if (known) return known as SolcContracts<T>;

  process.stderr.write(`Compiling ${title} with solc ${version} (once) …\n`);
  const start = performance.now();
  const imports: Record<string, string> = {};
  const contracts = keep(
    run(loadSolc(solc), input, (name) => {
      const text = read(name);
      if (text !== undefined) imports[name] = sha256(text);
      return text;
    }),
  );
  writeCache(key, imports, contracts);
  process.stderr.write(`Compiled ${title} in ${((performance.now() - start) / 1000).toFixed(0)} s.\n`);
  return contracts;
}

type Output = { contracts: unknown; errors?: { severity: string; formattedMessage: string }[] };

function run(solc: Solc, input: string, read: (name: string) => string | undefined): unknown {
  const find = (name: string) => {
    const contents = read(name);
    return contents === undefined ? { error: `not found: ${name}` } : { contents };
  };
  const output = JSON.parse(solc.compile(input, { import: find })) as Output;
  const errors = output.errors?.filter(({ severity }) => severity === 'error') ?? [];
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
  return output.contracts;
}
