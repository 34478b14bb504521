#!/usr/bin/env node
import { EXIT } from './exit-code.ts';
import { processHost } from './host.ts';
import { runCli } from './run-cli.ts';

const code = await runCli(process.argv.slice(2), processHost());
// What was cut off may still wait for a block: it must not keep the process, and must not go on.
if (code === EXIT.interrupted) process.exit(code);
process.exitCode = code;
