// npm run generate [-- --check [--full]]: what TypeScript knows about the contracts, and the modules of the workloads, as
// committed files. The modules take a few seconds and are always built.
//
//   npm run generate                      builds the contracts (release profile) and writes packages/protocol/src/generated
//   npm run generate -- --check           fails when the committed files were not made from these sources
//   npm run generate -- --check --full    the same, by building again: what CI trusts
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles, hashInputs, listSources } from './contract-sources.mjs';
import { ensureDependencies, root } from './ensure-dependencies.mjs';
import { renderContracts } from './render-contracts.mjs';
import { runTool } from './run-tool.mjs';
import { compileWorkloads, staleModules, writeModules } from './workload-modules.mjs';

const GENERATED = join(root, 'packages/protocol/src/generated');
const MANIFEST = 'manifest.json';

ensureDependencies();
const isCheck = process.argv.includes('--check');
const isFull = process.argv.includes('--full');

const inputs = hashInputs();
const present = readGenerated();
const manifest = JSON.parse(present.get(MANIFEST) ?? '{}');
const isCurrent = manifest.inputs === inputs && manifest.outputs === hashFiles(withoutManifest(present));

if (isCurrent && !isFull) {
  process.stdout.write('Generated files are up to date.\n');
} else if (isCheck && !isFull) {
  fail('Generated files were not made from these sources, or were edited by hand.');
} else {
  const files = await generate();
  const stale = staleFiles(files);
  if (!isCheck) write(files);
  else if (stale.length > 0) fail(`Generated files differ from a fresh build: ${stale.join(', ')}.`);
  process.stdout.write(`${files.size - 1} generated files ${isCheck ? 'match a fresh build' : 'written'}.\n`);
}

const modules = await compileWorkloads();
const staleNames = staleModules(modules);
if (!isCheck) writeModules(modules);
else if (staleNames.length > 0)
  fail(`Modules differ from what their sources compile to: ${staleNames.join(', ')}.`);
process.stdout.write(`${modules.size} modules ${isCheck ? 'match a fresh build' : 'written'}.\n`);

/** Always from scratch: with via-IR, bytecode can depend on which files were compiled together. */
async function generate() {
  const env = { ...process.env, FOUNDRY_PROFILE: 'release' };
  const code = await runTool('forge', ['build', 'contracts/src', '--force'], {
    env,
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) fail('The contracts do not compile.');
  const files = renderContracts(listSources(), join(root, 'contracts/out-release'));
  const next = { inputs, outputs: hashFiles(files) };
  files.set(MANIFEST, `${JSON.stringify(next, null, 2)}\n`);
  return files;
}

function readGenerated() {
  try {
    const names = readdirSync(GENERATED).sort();
    return new Map(names.map((name) => [name, readFileSync(join(GENERATED, name), 'utf8')]));
  } catch {
    return new Map();
  }
}

function withoutManifest(files) {
  return new Map([...files].filter(([name]) => name !== MANIFEST));
}

function staleFiles(files) {
  const names = new Set([...files.keys(), ...present.keys()]);
  return [...names].filter((name) => files.get(name) !== present.get(name)).sort();
}

function write(files) {
  mkdirSync(GENERATED, { recursive: true });
  for (const name of present.keys()) if (!files.has(name)) rmSync(join(GENERATED, name));
  for (const [name, text] of files) {
    if (text !== present.get(name)) writeFileSync(join(GENERATED, name), text);
  }
}

function fail(message) {
  process.stderr.write(`${message} Run \`npm run generate\` and commit what it writes.\n`);
  process.exit(1);
}
