// Build artifacts of forge → TypeScript source files.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * One file for each contract that can be deployed and each interface, and an index of all ABIs.
 *
 * @param {{ name: string, path: string, kind: string }[]} sources
 * @param {string} out folder with the artifacts
 * @returns {Map<string, string>} text by file name
 */
export function renderContracts(sources, out) {
  const files = new Map();
  const entries = [];
  for (const source of sources) {
    if (source.kind !== 'contract' && source.kind !== 'interface') continue;
    const artifact = readArtifact(source, out);
    if (artifact.abi.length === 0) continue;
    const file = `${kebab(source.name)}.ts`;
    if (files.has(file)) throw new Error(`Two contracts are called ${source.name}: names must be unique.`);
    files.set(file, renderContract(source, artifact));
    entries.push({ name: source.name, file, abi: `${camel(source.name)}Abi` });
  }
  files.set('index.ts', renderIndex(entries));
  return files;
}

function readArtifact({ name, path }, out) {
  // forge puts files of the same name into folders that keep part of their path.
  const plain = join(out, basename(path), `${name}.json`);
  const nested = join(out, path.replace('contracts/src/', ''), `${name}.json`);
  const artifact = JSON.parse(readFileSync(existsSync(nested) ? nested : plain, 'utf8'));
  return { abi: artifact.abi, bytecode: artifact.bytecode.object };
}

function renderContract({ name, path, kind }, { abi, bytecode }) {
  const identifier = camel(name);
  const items = abi.map((item) => `  ${JSON.stringify(item)},\n`).join('');
  const lines = [header(path), `export const ${identifier}Abi = [\n${items}] as const;\n`];
  if (kind === 'contract') {
    if (!/^0x([0-9a-f]{2})+$/.test(bytecode))
      throw new Error(`${name} cannot be deployed as it is: link its libraries.`);
    lines.push(
      `/** Creation code, before the arguments of the constructor. */\nexport const ${identifier}Bytecode =\n  '${bytecode}';\n`,
    );
  }
  return lines.join('\n');
}

function renderIndex(entries) {
  const imports = entries.map(({ abi, file }) => `import { ${abi} } from './${file}';\n`).join('');
  const members = entries.map(({ name, abi }) => `  ${name}: ${abi},\n`).join('');
  return `${header('contracts/src')}\n${imports}\n/** Every ABI by the name of its contract or interface. */\nexport const abis = {\n${members}} as const;\n`;
}

function header(path) {
  return `// Written by \`npm run generate\` from ${path}. Do not edit.\n`;
}

/** `MockERC20` → `mockERC20`, `IOracle` → `iOracle`, `ERC4626Vault` → `erc4626Vault`. */
function camel(name) {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z]|\d|$)|^[A-Z]/, (head) => head.toLowerCase());
}

/** `MockERC20` → `mock-erc20`, `IOracle` → `i-oracle`. */
function kebab(name) {
  return name.replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3-$2').toLowerCase();
}
