import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { contractIn, keepCode, type SolcContract, type SolcContracts } from '../../compile/solc.ts';

const require = createRequire(import.meta.url);

/**
 * Aave v3.0.2 as its package has it compiled: solc 0.8.10, 100,000 runs, london. Compiling the sources of the package
 * again gives the same code, so nobody has to wait for it.
 */
export function readAaveContracts(): SolcContracts {
  const folder = join(dirname(require.resolve('@aave/core-v3/package.json')), 'artifacts/build-info');
  const [file, ...others] = readdirSync(folder);
  if (!file || others.length > 0)
    throw new Error('The package of Aave has another form than version 1.19.3.');
  const build = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    output: { contracts: SolcContracts };
  };
  return keepCode(build.output.contracts);
}

/** @param path below `contracts` in the package, without `.sol` */
export function aaveContract(contracts: SolcContracts, path: string): SolcContract {
  return contractIn(contracts, `contracts/${path}.sol`);
}
