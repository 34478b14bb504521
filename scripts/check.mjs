// npm run check [-- --fix]: everything that can be said about the sources without running them.
import { ensureDependencies } from './ensure-dependencies.mjs';
import { runTool } from './run-tool.mjs';

ensureDependencies();
const fix = process.argv.includes('--fix');

// Linting compiles without bytecode: kept apart from the artifacts that tests deploy.
const lintOnly = { FOUNDRY_OUT: 'contracts/out-lint', FOUNDRY_CACHE_PATH: 'contracts/cache-lint' };

const checks = [
  ['lockfile', 'node', ['scripts/complete-lockfile.mjs', ...(fix ? ['--fix'] : [])]],
  ['types', 'tsc', ['--noEmit']],
  ['lint and format', 'biome', ['check', '--error-on-warnings', ...(fix ? ['--write'] : [])]],
  ['unused and undeclared', 'knip', []],
  // Only its strict mode sees one workspace importing another that it does not list.
  ['dependency direction', 'knip', ['--strict', '--include', 'unlisted,dependencies']],
  ['Solidity format', 'forge', fix ? ['fmt'] : ['fmt', '--check']],
  ['Solidity lint', 'forge', ['lint', 'contracts/src', '--severity', 'high', '--deny', 'warnings'], lintOnly],
];

const failed = [];
for (const [title, tool, args, env] of checks) {
  const code = await runTool(tool, args, { env: { ...process.env, ...env } });
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${title} (${tool})\n`);
  if (code !== 0) failed.push(title);
}
if (failed.length > 0) {
  process.stdout.write(
    `Failed: ${failed.join(', ')}. \`npm run check -- --fix\` mends what can be mended.\n`,
  );
  process.exitCode = 1;
}
