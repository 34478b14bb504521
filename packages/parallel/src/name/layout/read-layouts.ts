import { readPattern } from '../code/read-pattern.ts';
import { readNamespaces } from './ast-namespaces.ts';
import { badLayout } from './bad-layout.ts';
import { child, isJson, type Json } from './json.ts';
import type { Layout, Namespace } from './layout.ts';
import { readSolcStorage } from './solc-storage.ts';
import { readVyperStorage } from './vyper-layout.ts';

export type ReadLayoutsOptions = {
  /** What to call the contract when the file does not say: the name of the file. */
  name?: string;
};

/**
 * The layouts in what a compiler wrote: an artifact of Foundry, the standard JSON output of solc, a build-info of Hardhat or
 * Foundry, `vyper -f layout`. Text or parsed.
 *
 * @throws {@link ParallelError} `BAD_LAYOUT` says what is missing and how to get it
 * @example
 * ```ts
 * const layouts = readLayouts(await readFile('out/Token.sol/Token.json', 'utf8'))
 * const nameOf = createNamer({ layouts, labels: new Map([[token, 'USDC']]), ...gatherNameFacts([block]) })
 * nameOf(slotKey(token, slot)).text // 'USDC.balanceOf[0x12ab…cd34]'
 * ```
 */
export function readLayouts(json: unknown, options: ReadLayoutsOptions = {}): Layout[] {
  const value = typeof json === 'string' ? parse(json) : json;
  if (!isJson(value)) throw badLayout('A layout is a JSON object.');
  if (isJson(value.output)) return readLayouts(value.output, options);
  if (isJson(value.contracts)) return readSolcOutput(value);
  if ('storageLayout' in value || 'deployedBytecode' in value) return [readArtifact(value, options)];
  if (isJson(value.storage_layout)) {
    const name = options.name ?? 'Vyper';
    return [{ name, language: 'Vyper', variables: readVyperStorage(value), namespaces: [] }];
  }
  throw badLayout('This is no artifact of Foundry, output of solc, build-info or Vyper layout.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badLayout(
      `The layout is not JSON: ${cause instanceof Error ? cause.message : cause}.`,
      'Build again.',
    );
  }
}

/** solc says nothing of storage for interfaces; that a whole output says nothing means that it was not asked. */
function readSolcOutput(output: Json): Layout[] {
  const sources = Object.values(child(output, 'sources'));
  const namespaces = readNamespaces(sources.map((source) => child(source, 'ast')));
  const found = Object.entries(child(output, 'contracts')).flatMap(([file, contracts]) =>
    (isJson(contracts) ? Object.entries(contracts) : []).flatMap(([name, contract]) => {
      if (!isJson(contract) || !isJson(contract.storageLayout)) return [];
      const code = child(contract.evm, 'deployedBytecode');
      return [toLayout(name, file, contract.storageLayout, code, namespaces)];
    }),
  );
  if (found.length === 0) throw badLayout('The compiler was not asked for storage layouts.');
  return found;
}

function readArtifact(artifact: Json, options: ReadLayoutsOptions): Layout {
  const [target] = Object.entries(child(child(child(artifact, 'metadata'), 'settings'), 'compilationTarget'));
  const contractName = typeof artifact.contractName === 'string' ? artifact.contractName : undefined;
  const name = contractName ?? (typeof target?.[1] === 'string' ? target[1] : options.name);
  const title = name ?? 'The artifact';
  if (!isJson(artifact.storageLayout)) throw badLayout(`${title} has no storageLayout.`);
  if (name === undefined) throw badLayout('The artifact does not say what it is called.', 'Pass `name`.');
  const namespaces = readNamespaces([child(artifact, 'ast')]);
  return toLayout(name, target?.[0], artifact.storageLayout, child(artifact, 'deployedBytecode'), namespaces);
}

function toLayout(
  name: string,
  file: string | undefined,
  storage: Json,
  code: Json,
  namespaces: readonly Namespace[],
): Layout {
  const pattern = readPattern(code);
  const variables = readSolcStorage(storage, name);
  return {
    name,
    ...(file && { file }),
    language: 'Solidity',
    variables,
    namespaces,
    ...(pattern && { pattern }),
  };
}
