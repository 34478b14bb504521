// npm run bench -- <name> [--json]: measures, and compares with peers.
import { runProgram } from './run-program.mjs';

runProgram('bench/src/main.ts', process.argv.slice(2));
