import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Abi, Hex } from 'viem';

const require = createRequire(import.meta.url);
const { compile: solc } = require('solc') as {
  compile: (
    input: string,
    callbacks: { import: (path: string) => { contents?: string; error?: string } },
  ) => string;
};

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const OUTPUTS = ['abi', 'storageLayout', 'evm.bytecode.object', 'evm.deployedBytecode'];
const IMPORTS: readonly (readonly [string, string])[] = [
  ['solady/', 'node_modules/solady/src/'],
  ['@openzeppelin/', 'node_modules/@openzeppelin/'],
];

export type SolcContract = {
  abi: Abi;
  storageLayout: object;
  evm: { bytecode: { object: string }; deployedBytecode: { object: string; immutableReferences: object } };
};
type SolcOutput = { contracts: Record<string, Record<string, SolcContract>>; sources: object };
export type Compiled = { output: SolcOutput; contract: (name: string) => SolcContract & { bytecode: Hex } };

/** @param paths from the root of the repository. @param outputs what to ask the compiler for */
export function compile(paths: readonly string[], outputs: readonly string[] = OUTPUTS): Compiled {
  const sources = Object.fromEntries(
    paths.map((path) => [path, { content: readFileSync(ROOT + path, 'utf8') }]),
  );
  const settings = {
    evmVersion: 'osaka',
    optimizer: { enabled: true },
    outputSelection: { '*': { '*': outputs, '': ['ast'] } },
  };
  const input = JSON.stringify({ language: 'Solidity', sources, settings });
  const output = JSON.parse(solc(input, { import: readImport })) as SolcOutput & {
    errors?: { severity: string; formattedMessage: string }[];
  };
  const error = output.errors?.find(({ severity }) => severity === 'error');
  if (error) throw new Error(error.formattedMessage);
  const contract = (name: string) => {
    const found = Object.values(output.contracts).find((contracts) => name in contracts)?.[name];
    if (!found) throw new Error(`No contract is called ${name}.`);
    return { ...found, bytecode: `0x${found.evm.bytecode.object}` as Hex };
  };
  return { output, contract };
}

function readImport(path: string): { contents?: string; error?: string } {
  const mapped = IMPORTS.reduce(
    (name, [from, to]) => (name.startsWith(from) ? to + name.slice(from.length) : name),
    path,
  );
  return existsSync(ROOT + mapped)
    ? { contents: readFileSync(ROOT + mapped, 'utf8') }
    : { error: `No ${path}.` };
}
