import type { SolcContract, SolcContracts } from './solc.ts';

/** A contract, and where the compiler found it. */
export type Artifact<T = SolcContract> = { file: string; name: string; contract: T };

/** @param name that of the file unless given */
export function artifactOf<T>(
  contracts: SolcContracts<T>,
  file: string,
  name = file.slice(file.lastIndexOf('/') + 1).replace('.sol', ''),
): Artifact<T> {
  const contract = contracts[file]?.[name];
  if (!contract) throw new Error(`No contract ${name} in ${file}.`);
  return { file, name, contract };
}
