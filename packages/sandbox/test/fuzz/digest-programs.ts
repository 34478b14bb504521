// Prints a digest of what many random programs do, and of the fuel that they spend: run by two compilers, to compare.
import { createHash } from 'node:crypto';
import { prepareModule } from '../../src/gate/prepare-module.ts';
import { compileText } from '../specification/text-to-binary.ts';
import { floatPolicy, fuelLeft, observe, startInstrumented } from './observe.ts';
import { writeProgram } from './write-program.ts';

const PROGRAMS = 300;
const FUEL = 2n ** 60n;

const hash = createHash('sha256');
for (let seed = 1; seed <= PROGRAMS; seed++) {
  const tape = Array.from(
    { length: 200 },
    (_, at) => (seed * 48_271 + at * at * 69_621 + at * seed * 16_807) % 9_973,
  );
  const text = writeProgram(tape, { hasFloats: true, isReference: false });
  const exports = startInstrumented(prepareModule(compileText(text), floatPolicy()), FUEL);
  hash.update(observe(exports, true)).update(fuelLeft(exports).toString());
}
process.stdout.write(hash.digest('hex'));
