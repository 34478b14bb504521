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
export type SolcContracts<T = SolcContract> = Record<string, Record<string, T>>;

/** Enough to name what is in storage. */
export type SolcStorage = Pick<SolcContract, 'storageLayout'>;

type Source = { contents: string } | { error: string };

/** The `solc` package of npm, any version. */
export type Solc = {
  compile(input: string, callbacks: { import: (path: string) => Source }): string;
};

/** What {@link SolcContract} holds. */
export const CODE = [
  'abi',
  'storageLayout',
  'evm.bytecode.object',
  'evm.bytecode.linkReferences',
  'evm.deployedBytecode.object',
  'evm.deployedBytecode.linkReferences',
  'evm.deployedBytecode.immutableReferences',
] as const;

/** What {@link SolcStorage} holds: known without generating any code, so in a second or two. */
export const STORAGE = ['storageLayout'] as const;

/** Leaves out what has no code, interfaces and abstract contracts, and every field that the benches do not keep. */
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
