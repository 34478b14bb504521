import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepCode, OUTPUT, type Solc, type SolcContracts } from './solc.ts';

/** Outside git, gone with `npm ci`. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/millrace-bench/', import.meta.url));

/** Sources, and how to compile them. */
export type Compilation = {
  /** What to call it while people wait. */
  title: string;
  solc: () => Solc;
  version: string;
  /** What the names of sources are relative to. */
  folder: string;
  entries: readonly string[];
  settings: Readonly<Record<string, unknown>>;
};

/** Compiles once, and then again when an entry, the compiler's version or the settings change. */
export function compile(compilation: Compilation): SolcContracts {
  const { solc, title, version, folder, entries, settings } = compilation;
  const sources = Object.fromEntries(
    entries.map((name) => [name, { content: readFileSync(join(folder, name), 'utf8') }]),
  );
  const outputSelection = { '*': { '*': OUTPUT } };
  const input = JSON.stringify({
    language: 'Solidity',
    sources,
    settings: { ...settings, outputSelection },
  });
  const hash = createHash('sha256').update(version).update(input).digest('hex');
  const file = join(CACHE, `${hash}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));

  process.stderr.write(`Compiling ${title} with solc ${version} (once) …\n`);
  const start = performance.now();
  const contracts = run(solc(), input, folder);
  mkdirSync(CACHE, { recursive: true });
  // Two runs side by side may both get here: each writes a file of its own, the last one stays.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(contracts));
  renameSync(draft, file);
  process.stderr.write(`Compiled ${title} in ${((performance.now() - start) / 1000).toFixed(0)} s.\n`);
  return contracts;
}

type Output = { contracts: SolcContracts; errors?: { severity: string; formattedMessage: string }[] };

function run(solc: Solc, input: string, folder: string): SolcContracts {
  const read = (name: string) => {
    const path = join(folder, name);
    return existsSync(path) ? { contents: readFileSync(path, 'utf8') } : { error: `not found: ${name}` };
  };
  const output = JSON.parse(solc.compile(input, { import: read })) as Output;
  const errors = output.errors?.filter(({ severity }) => severity === 'error') ?? [];
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
  return keepCode(output.contracts);
}
