// Proves the lemmas in contracts/proofs: `node scripts/prove.mjs [contract…]`. Exit code 1 when one is violated or cannot be proved.
// The SMTChecker of the npm build of solc brings its own z3. Engine BMC: the lemmas are straight-line functions of their arguments, and
// CHC does not come to an end on products of variables.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureDependencies, root } from './ensure-dependencies.mjs';

const FOLDER = 'contracts/proofs';

await ensureDependencies();
const solc = createRequire(import.meta.url)('solc');
const wanted = process.argv.slice(2);
let failed = 0;
let proved = 0;
for (const { file, contract } of lemmas()) {
  if (wanted.length > 0 && !wanted.includes(contract)) continue;
  const started = Date.now();
  const { safe, open } = prove(file, contract);
  proved += safe;
  failed += open.length;
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  process.stdout.write(`${contract}: ${safe} proved, ${open.length} not (${seconds} s)\n`);
  for (const message of open) process.stdout.write(`${message}\n`);
}
process.stdout.write(`${proved} assertions proved, ${failed} not\n`);
process.exitCode = failed === 0 && proved > 0 ? 0 : 1;

/** Every contract of the folder that has a lemma. */
function lemmas() {
  const files = readdirSync(join(root, FOLDER)).filter((name) => name.endsWith('.sol'));
  return files.flatMap((name) => {
    const file = `${FOLDER}/${name}`;
    const declared = readFileSync(join(root, file), 'utf8').matchAll(/^contract (\w+)/gm);
    return [...declared].map(([, contract]) => ({ file, contract }));
  });
}

function prove(file, contract) {
  const settings = {
    evmVersion: 'osaka',
    modelChecker: {
      contracts: { [file]: [contract] },
      engine: 'bmc',
      targets: ['assert'],
      solvers: ['z3'],
      showProvedSafe: true,
      showUnproved: true,
    },
    outputSelection: { '*': { '*': [] } },
  };
  const sources = { [file]: { content: readFileSync(join(root, file), 'utf8') } };
  const input = JSON.stringify({ language: 'Solidity', sources, settings });
  const { errors = [] } = JSON.parse(solc.compile(input, { import: readImport }));
  const safe = errors.filter(({ message }) => message.includes('check is safe')).length;
  const open = errors.filter(isOpen).map(({ formattedMessage }) => formattedMessage);
  return { safe, open };
}

/** Violated, undecided, or not compiled at all. */
function isOpen({ severity, message }) {
  if (message.includes('deprecated')) return false;
  return (
    severity === 'error' ||
    /violation (happens|might happen)|could not be proved|CHC|unsupported/i.test(message)
  );
}

function readImport(path) {
  try {
    return { contents: readFileSync(join(root, path), 'utf8') };
  } catch (error) {
    return { error: error.message };
  }
}
