// npm run check [-- --fix]: everything that can be said about the sources without running them.
import { ensureDependencies } from './ensure-dependencies.mjs';
import { runTool } from './run-tool.mjs';

ensureDependencies();
const fix = process.argv.includes('--fix');

const checks = [
  ['lockfile', 'node', ['scripts/complete-lockfile.mjs', ...(fix ? ['--fix'] : [])]],
  ['types', 'tsc', ['--noEmit']],
  ['lint and format', 'biome', ['check', '--error-on-warnings', ...(fix ? ['--write'] : [])]],
  ['unused and undeclared', 'knip', []],
  // Only its strict mode sees one workspace importing another that it does not list.
  ['dependency direction', 'knip', ['--strict', '--include', 'unlisted,dependencies']],
  ['Solidity format', 'forge', fix ? ['fmt'] : ['fmt', '--check']],
  ['Solidity lint', 'forge', ['lint', 'contracts/src', '--severity', 'high', '--deny', 'warnings']],
];

const failed = [];
for (const [title, tool, args] of checks) {
  const code = await runTool(tool, args);
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${title} (${tool})\n`);
  if (code !== 0) failed.push(title);
}
if (failed.length > 0) {
  process.stdout.write(
    `Failed: ${failed.join(', ')}. \`npm run check -- --fix\` mends what can be mended.\n`,
  );
  process.exitCode = 1;
}
