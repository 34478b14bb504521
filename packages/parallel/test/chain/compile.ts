import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Abi, Hex } from 'viem';

export type Compiled = { abi: Abi; bytecode: Hex };

type Output = {
  errors?: { severity: string; formattedMessage: string }[];
  contracts: Record<string, Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>;
};

const solc = createRequire(import.meta.url)('solc') as { compile: (input: string) => string };

/** The contracts of one file of `test/contracts`, by name. */
export function compile(file: string): Record<string, Compiled> {
  const content = readFileSync(new URL(`../contracts/${file}`, import.meta.url), 'utf8');
  const outputSelection = { '*': { '*': ['abi', 'evm.bytecode.object'] } };
  const settings = { optimizer: { enabled: true }, evmVersion: 'cancun', outputSelection };
  const input = { language: 'Solidity', sources: { [file]: { content } }, settings };
  const { errors = [], contracts } = JSON.parse(solc.compile(JSON.stringify(input))) as Output;
  const fatal = errors.filter(({ severity }) => severity === 'error');
  if (fatal.length > 0) throw new Error(fatal.map(({ formattedMessage }) => formattedMessage).join('\n'));
  const found = Object.entries(contracts[file] ?? {});
  return Object.fromEntries(
    found.map(([name, { abi, evm }]) => [name, { abi, bytecode: `0x${evm.bytecode.object}` as Hex }]),
  );
}
