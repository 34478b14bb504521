import type { Abi } from 'viem';

type Links = Record<string, Record<string, { start: number; length: number }[]>>;

/** What the benches keep of a contract, in the shape of solc's standard JSON. */
export type SolcContract = {
  abi: Abi;
  storageLayout: unknown;
  evm: {
    bytecode: { object: string; linkReferences: Links };
    deployedBytecode: { object: string; linkReferences: Links; immutableReferences: unknown };
  };
};

/** Contracts by source file and name, as solc puts them out. */
export type SolcContracts = Record<string, Record<string, SolcContract>>;

type Source = { contents: string } | { error: string };

/** The `solc` package of npm, any version. */
export type Solc = {
  version(): string;
  compile(input: string, callbacks: { import: (path: string) => Source }): string;
};

/** What {@link SolcContract} holds. */
export const OUTPUT = [
  'abi',
  'storageLayout',
  'evm.bytecode.object',
  'evm.bytecode.linkReferences',
  'evm.deployedBytecode.object',
  'evm.deployedBytecode.linkReferences',
  'evm.deployedBytecode.immutableReferences',
];

/** Leaves out what the benches do not keep, and what has no code: interfaces and abstract contracts. */
export function keepCode(contracts: SolcContracts): SolcContracts {
  const files = Object.entries(contracts).map(([file, named]) => {
    const kept = Object.entries(named).filter(([, { evm }]) => evm.bytecode.object !== '');
    return [file, Object.fromEntries(kept.map(([name, contract]) => [name, keepFields(contract)]))];
  });
  return Object.fromEntries(files);
}

function keepFields({ abi, storageLayout, evm }: SolcContract): SolcContract {
  const { bytecode, deployedBytecode } = evm;
  const links = ({ object, linkReferences }: typeof bytecode) => ({ object, linkReferences });
  const { immutableReferences } = deployedBytecode;
  return {
    abi,
    storageLayout,
    evm: {
      bytecode: links(bytecode),
      deployedBytecode: { ...links(deployedBytecode), immutableReferences },
    },
  };
}

/** The contract that a file is named after. */
export function contractIn(contracts: SolcContracts, file: string): SolcContract {
  const name = file.slice(file.lastIndexOf('/') + 1).replace('.sol', '');
  return contractNamed(contracts, file, name);
}

export function contractNamed(contracts: SolcContracts, file: string, name: string): SolcContract {
  const contract = contracts[file]?.[name];
  if (!contract) throw new Error(`No contract ${name} in ${file}.`);
  return contract;
}
