import type { Address, Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNamer } from '../../src/name/create-namer.ts';
import { readLayouts } from '../../src/name/layout/read-layouts.ts';
import { compile } from './compile.ts';
import { Stage } from './stage.ts';

const ALICE = '0xa11ce00000000000000000000000000000000001';
const BOB = '0x12ab000000000000000000000000000000000b0b';
const LABELS = new Map([
  [ALICE, 'alice'],
  [BOB, 'bob'],
]);

const FOLDER = 'packages/parallel/test/name/contracts';
const compiled = compile([`${FOLDER}/Zoo.sol`, `${FOLDER}/Upgradeable.sol`]);
const layouts = readLayouts(compiled.output);
let stage: Stage;
let zoo: Address;
let books: Address;

beforeAll(async () => {
  stage = await Stage.open();
  zoo = await stage.deploy(compiled.contract('Zoo'), [99n]);
  books = await stage.deploy(compiled.contract('Books'));
});

afterAll(() => stage?.close());

async function codesOf(addresses: readonly Address[]): Promise<Map<Address, Hex>> {
  return new Map(await Promise.all(addresses.map(async (each) => [each, await stage.code(each)] as const)));
}

describe('names behind proxies', () => {
  it('are those of the code that ran, on the storage of the proxy', async () => {
    const proxy = await stage.deploy(compiled.contract('Front'), [zoo]);
    const { stored, preimages } = await stage.call(proxy, compiled.contract('Zoo'), 'writeMapping', [ALICE]);
    const bytecodes = await codesOf([proxy, zoo]);
    const codes = new Map([[proxy, new Set([proxy, zoo])]]);
    const nameOf = createNamer({ layouts, bytecodes, codes, labels: LABELS, preimages });
    expect(stored.map((key) => nameOf(key).text)).toEqual(['Zoo.balances[alice]']);
    const implementation = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc';
    expect(nameOf(`${proxy}:${implementation}`).text).toBe('Zoo.implementation');
  });

  it('are found through minimal proxies by their code alone', async () => {
    const runtime = `363d3d373d3d3d363d73${zoo.slice(2)}5af43d82803e903d91602b57fd5bf3`;
    const clone = await stage.deploy({
      ...compiled.contract('Zoo'),
      abi: [],
      bytecode: `0x3d602d80600a3d3981f3${runtime}`,
    });
    const { stored, preimages } = await stage.call(clone, compiled.contract('Zoo'), 'writePlain');
    const nameOf = createNamer({ layouts, bytecodes: await codesOf([clone, zoo]), preimages });
    expect(stored.map((key) => nameOf(key).text)).toEqual([`Zoo@${clone.slice(2, 6)}.plain`]);
  });

  it('know the namespaces of OpenZeppelin by their ids', async () => {
    const contract = compiled.contract('Books');
    const bytecodes = await codesOf([books]);
    const texts = async (name: string, args: readonly unknown[] = []) => {
      const { stored, preimages } = await stage.call(books, contract, name, args);
      const nameOf = createNamer({ layouts, bytecodes, labels: LABELS, preimages });
      return stored.map((key) => nameOf(key).text);
    };
    expect(await texts('writeBalance', [ALICE])).toEqual(['Books.ERC20Storage._balances[alice]']);
    expect(await texts('writeAllowance', [ALICE, BOB])).toEqual([
      'Books.ERC20Storage._allowances[alice][bob]',
    ]);
    expect(await texts('writeSupply')).toEqual(['Books.ERC20Storage._totalSupply']);
    expect(await texts('writeInitialized')).toEqual(['Books.InitializableStorage']);
    expect(await texts('writeGuard')).toEqual(['Books.ReentrancyGuardStorage._status']);
  });
});
