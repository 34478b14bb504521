#!/usr/bin/env node
// Lets forge use the `solc` package from npm as if it were the solc binary.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

if (process.argv.includes('--version')) {
  const { version } = require('solc/package.json');
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`);
} else if (process.argv.includes('--standard-json')) {
  const input = readFileSync(0, 'utf8');
  process.stdout.write(require('solc').compile(input));
} else {
  process.stderr.write('This shim answers only --version and --standard-json.\n');
  process.exitCode = 1;
}
