// npm test: every test of the repository. The last line is `N passed, N failed`.
//
//   npm test                                   everything
//   npm test -- forge [arguments of forge]     the contracts only, e.g. --match-contract Market -vvv
//   npm test -- vitest [arguments of vitest]   TypeScript only, e.g. --project sdk
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { runTool, spawnTool } from './run-tool.mjs';

const RUNNERS = { forge: testContracts, vitest: testTypeScript };

const [only, ...forwarded] = process.argv.slice(2);
if (only !== undefined && !Object.hasOwn(RUNNERS, only)) {
  process.stderr.write(
    `Say which runner gets the arguments: npm test -- ${Object.keys(RUNNERS).join('|')} …\n`,
  );
  process.exit(2);
}

ensureDependencies();
let passed = 0;
let failed = 0;
for (const [name, run] of Object.entries(RUNNERS)) {
  if (only !== undefined && only !== name) continue;
  const result = await run(forwarded);
  passed += result.passed;
  failed += result.failed;
  // A runner that crashed, or found nothing to run, is a failure of its own.
  const isSilentFailure = result.failed === 0 && (result.code !== 0 || result.passed === 0);
  if (isSilentFailure) {
    process.stdout.write(
      `${name} ended with code ${result.code} after ${result.passed} tests: counted as a failure\n`,
    );
    failed += 1;
  }
}
if (failed > 0) process.exitCode = 1;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);

/** forge prints its totals on the last line of its report. */
function testContracts(args) {
  return new Promise((resolve) => {
    const color = process.stdout.isTTY ? 'always' : 'never';
    const child = spawnTool('forge', ['test', '--color', color, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on('error', (error) => resolve({ passed: 0, failed: 0, code: error.message }));
    child.on('close', (code) => {
      const totals = /^Ran \d+ test suites? in .*: (\d+) tests passed, (\d+) failed/gm;
      const last = [...stripVTControlCharacters(output).matchAll(totals)].at(-1);
      resolve({ passed: Number(last?.[1] ?? 0), failed: Number(last?.[2] ?? 0), code });
    });
  });
}

/** vitest writes its totals to a file, beside the report for people. */
async function testTypeScript(args) {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  const file = join(folder, 'vitest.json');
  try {
    const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const code = await runTool('vitest', ['run', ...report, ...args]);
    return { ...vitestTotals(file), code };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function vitestTotals(file) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));
    // A file that cannot even be loaded has no tests to count.
    const broken = testResults.filter(
      (each) => each.status === 'failed' && each.assertionResults.length === 0,
    );
    return { passed: numPassedTests, failed: numFailedTests + broken.length };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
