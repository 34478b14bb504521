import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Artifact, artifactOf } from '../../compile/artifact.ts';
import { folderOf } from '../../compile/npm-package.ts';
import { keepCode, type SolcContracts } from '../../compile/solc.ts';

/**
 * Aave v3.0.2 as its package has it compiled: solc 0.8.10, 100,000 runs, london. Compiling the sources of the package
 * again gives the same code, so nobody has to wait for it.
 */
export function readAaveContracts(): SolcContracts {
  const folder = join(folderOf('@aave/core-v3'), 'artifacts/build-info');
  const [file, ...others] = readdirSync(folder);
  if (!file || others.length > 0)
    throw new Error('The package of Aave has another form than version 1.19.3.');
  const build = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    output: { contracts: SolcContracts };
  };
  return keepCode(build.output.contracts);
}

/** @param path below `contracts` in the package, without `.sol` */
export function aaveContract(contracts: SolcContracts, path: string): Artifact {
  return artifactOf(contracts, `contracts/${path}.sol`);
}
