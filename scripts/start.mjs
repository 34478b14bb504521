// npm start: the whole product on this machine.
import { runProgram } from './run-program.mjs';

runProgram('apps/tour/src/main.ts', process.argv.slice(2));
