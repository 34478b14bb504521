import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderContracts } from './render-contracts.mjs';

let out;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'millrace-render-'));
});
afterEach(() => rmSync(out, { recursive: true }));

const abi = [{ type: 'function', name: 'ping', inputs: [], outputs: [], stateMutability: 'view' }];

function source(name, kind = 'contract', bytecode = '0x6001', path = `contracts/src/${name}.sol`) {
  const folder = join(out, `${name}.sol`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ abi, bytecode: { object: bytecode } }));
  return { name, kind, path };
}

describe('renderContracts', () => {
  it.each([
    ['Market', 'market', 'market'],
    ['MarketFactory', 'market-factory', 'marketFactory'],
    ['IOracle', 'i-oracle', 'iOracle'],
    ['ERC4626Vault', 'erc4626-vault', 'erc4626Vault'],
    ['MockERC20', 'mock-erc20', 'mockERC20'],
    ['IAggregatorV3', 'i-aggregator-v3', 'iAggregatorV3'],
  ])('puts %s into %s.ts as %sAbi', (name, file, identifier) => {
    const files = renderContracts([source(name)], out);
    expect(files.get(`${file}.ts`)).toContain(`export const ${identifier}Abi = [`);
    expect(files.get(`${file}.ts`)).toContain(`export const ${identifier}Bytecode =`);
    expect(files.get('index.ts')).toContain(`  ${name}: ${identifier}Abi,`);
  });

  it('gives interfaces no bytecode, and leaves out what cannot be deployed', () => {
    const list = [
      source('IGate', 'interface', '0x'),
      source('Stripes', 'library'),
      source('Core', 'abstract contract'),
    ];
    const files = renderContracts(list, out);
    expect([...files.keys()]).toEqual(['i-gate.ts', 'index.ts']);
    expect(files.get('i-gate.ts')).not.toContain('Bytecode');
  });

  it('refuses bytecode with holes for libraries, and two contracts of one name', () => {
    expect(() => renderContracts([source('Linked', 'contract', '0x60__$0a$__')], out)).toThrow(
      /link its libraries/,
    );
    expect(() => renderContracts([source('Twin'), source('Twin')], out)).toThrow(/unique/);
  });
});
